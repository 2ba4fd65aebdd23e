"""What stories of a trainer's page are told with: trainers of a city and its counties, leaders who agreed, a script on the shelf."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exercises.beside import Beside, beside, post
from tests.exercises.kit import HOUR_MS, scenario

WORDS = "演练中止！转入真实处置！"
TOLD = "知情canary人"
NOTICE_BODY = {"approved_by": "周敏", "safety": "di", "stop_rules": "有人受伤canary即中止", "told": [TOLD, "何滨"]}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Beside]:
    """Nothing is prepared yet; leaders 1 and 2 agreed. `tr` trains the city, `tc` a county of it, `td` the other, `ob` looks on."""
    with beside(tmp_path, prepared=False) as told:
        post(
            told, tmp_path,
            "tr,导调员,trainer,9901", "tc,县导调,trainer,990101", "td,邻县导调,trainer,990102", "ob,观摩员,observer,9901",
        )  # fmt: skip
        told.live.house.scripts.save(scenario(), revision="")
        yield told


def begin_ms(story: Beside) -> int:
    return story.live.clock.wall_ms() + HOUR_MS


def body_of(story: Beside, **more: Any) -> dict[str, Any]:
    return {"script": "town-fire", "exercise": "x1", "begin_ms": begin_ms(story), "officers": ["bo"]} | more


def prepares(story: Beside, who: str = "tr", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = story.live.does(who, "/exercises", body_of(story, **more))
    story.settle()
    return found


def rows(story: Beside, who: str = "tr") -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in story.live.sees(who, "/exercises/all")}


def asks(story: Beside, who: str, path: str, body: Any, *, id_: str = "") -> Any:
    return story.live.call(who, "POST", f"/exercises{path}", body, id_=id_)
