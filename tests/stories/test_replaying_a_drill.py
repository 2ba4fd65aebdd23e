"""A drill looked at again from the trainer's page: every moment as it was shown then, forwards and back; for those who see what
trainers see."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.playing import Playing, copied, played, prepared
from web_console.served_drill import sign_ins

UNKNOWN = {"seat": ("here",), "phone": ("here", "awake"), "state": ()}
"""What no log knows: who sat at a desk or held a phone."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("made"))


@pytest.fixture
def playing(made: Path, tmp_path: Path) -> Iterator[Playing]:
    with played(copied(made, tmp_path)) as found:
        yield found


def known(items: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {what: value for what, value in item.items() if what not in UNKNOWN.get(name.partition("/")[0], ())}
        for name, item in items.items()
    }  # fmt: skip


def past(playing: Playing, **asked: Any) -> dict[str, Any]:
    query = "&".join(
        f"{name}={value}" for name, value in {"page": "0123456789abcdef", "held": 0, "topic": "drill", **asked}.items()
    )
    found: dict[str, Any] = playing.sees("trainer", f"/replay/picture?{query}")
    return found


def test_every_moment_is_as_its_trainer_saw_it_then(playing: Playing) -> None:
    kept = []
    for _ in range(14):
        playing.steps("due")
        kept.append((playing.house.core.position, playing.house.core.now_ms(), playing.house.screens.picture_of("drill")))
    assert any(picture["crews/all"]["under_way"] for _, _, picture in kept)
    assert len({picture["inject/2"]["state"] for _, _, picture in kept}) > 1
    for position, at_ms, picture in [*kept, *reversed(kept)]:
        found = past(playing, at_ms=at_ms)
        assert found["position"] == position
        assert known(found["topics"]["drill"]["put"]) == known(picture)


def test_going_back_beyond_what_is_kept_folds_again_to_the_same(playing: Playing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web_console.replays.drills.EVERY", 7)
    for _ in range(10):
        playing.steps("due")
    head = playing.house.core.position
    ahead = {at: past(playing, position=at)["topics"]["drill"]["put"] for at in range(1, head + 1, 3)}
    back = {at: past(playing, position=at)["topics"]["drill"]["put"] for at in sorted(ahead, reverse=True)}
    assert back == ahead
    assert ahead[1] != ahead[max(ahead)]


def test_only_who_sees_what_trainers_see_replays_it(playing: Playing) -> None:
    playing.steps("inject")
    asked = "/replay/picture?page=0123456789abcdef&topic=drill&held=0&position=5"
    assert playing.call("observer", "GET", asked).status_code == 200
    desk = next(each.login for each in sign_ins(playing.house) if each.login.startswith("duty-"))
    assert playing.call(desk, "GET", asked).json()["code"] == "topic.forbidden"
