"""What a review says, as whoever wrote it would list it: to be found in every form of it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from drills.review.shape import Review, Words
from drills.review.words import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")


def squeezed(text: str) -> str:
    """Without the blanks that lines are broken at."""
    return re.sub(r"\s+", "", text)


def everything_said(review: Review, lang: Lang) -> list[str]:
    """Every word somebody wrote and every figure: pairs of words by walking the whole of the shape, so that a new field is looked for
    by itself; the rest by name."""
    by_people = [each for row in review.improvements for each in row[:4] if isinstance(each, str)]
    by_people += [row.said_by_hand for row in review.measures]
    figures = [str(each.called) for each in review.waves] + [review.root, str(review.seed or "")]
    figures += [f"{each.inject}{each.what.zh if lang == 'zh' else each.what.en}" for each in review.measures]
    figures += [f"#{each.position}" for each in review.evidence.values()] + [each.name for each in review.evidence.values()]
    figures += [f"[{', '.join(f'#{each}' for each in row.at)}]" for row in resting(review) if row.at]
    return [each for each in (*_walk(review, lang), *by_people, *figures) if each]


def _walk(part: object, lang: Lang) -> Iterator[str]:
    match part:
        case Words():
            yield part.zh if lang == "zh" else part.en
        case tuple():
            for each in part:
                yield from _walk(each, lang)
        case dict():
            for each in part.values():
                yield from _walk(each, lang)
        case _:
            pass


class Resting(Protocol):
    @property
    def at(self) -> tuple[int, ...]: ...


def resting(review: Review) -> list[Resting]:
    return [*review.planned, *review.happened, *review.why, *review.objectives, *review.measures]


def positions_named(review: Review) -> set[int]:
    return {position for row in resting(review) for position in row.at}


def elsewhere(module: str, name: str, *, hash_seed: str) -> bytes:
    """Two made-up reviews as another process writes them."""
    code = (
        f"import sys; from {module} import {name} as write; from tests.drills import reviews; "
        "sys.stdout.buffer.write(write(reviews.rich(), 'zh') + write(reviews.rich(is_exercise=False), 'en'))"
    )
    root = Path(__file__).parents[2]
    env = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root), "TZ": "America/New_York" if hash_seed == "1" else "UTC"}
    return subprocess.run([sys.executable, "-c", code], env=env, cwd=root, capture_output=True, check=True).stdout
