"""What a review says, as whoever wrote it would list it: to be found in every form of it."""

import re
from collections.abc import Iterator
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
    figures += [f"[{', '.join(f'#{each}' for each in row.at)}]" for row in _resting(review) if row.at]
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


class _Resting(Protocol):
    @property
    def at(self) -> tuple[int, ...]: ...


def _resting(review: Review) -> list[_Resting]:
    return [*review.planned, *review.happened, *review.why, *review.objectives, *review.measures]


def positions_named(review: Review) -> set[int]:
    return {position for row in _resting(review) for position in row.at}
