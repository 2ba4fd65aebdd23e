"""What was written over a map lies there when it is played: the editor's ground of a made-up city is that of the drill's realm."""

from pathlib import Path

import pytest

from command.core.errors import Refused
from drills.scenario import read
from drills.staging import stage
from tests.playing import SMALL, played, prepared
from web_console.scripts import maker
from web_console.scripts.lands import Lands


def test_a_spot_lies_where_it_was_pressed(tmp_path: Path) -> None:
    scenario = read(SMALL)
    assert scenario.city is not None
    land = Lands().made_up(scenario.city.seed)
    with played(prepared(tmp_path)) as drill:
        house = drill.house
        there = stage(scenario, city=house.city, divisions=list(house.names.divisions), ground=house.ground)
    here = stage(scenario, city=land.city, divisions=list(land.names), ground=land.ground)
    assert here.posts == there.posts
    assert here.spots["block"] == pytest.approx(there.spots["block"], abs=1e-5)
    assert {each["post"] for each in land.shown()["posts"]} == set(there.posts)  # type: ignore[attr-defined]


def test_a_maker_that_fails_is_said_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "SECONDS_MOST", 0.01)
    lands = Lands()
    with pytest.raises(Refused, match=r"script\.no_city"):
        lands.made_up(3)
    monkeypatch.undo()
    assert lands.made_up(3).names["9901"] == "云江市"


def test_no_more_cities_are_kept_than_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = maker.ask_maker(1)

    def ask(seed: int) -> maker.Made:
        asked.append(seed)
        return real

    monkeypatch.setattr("web_console.scripts.lands.ask_maker", ask)
    lands = Lands()
    for seed in (1, 2, 1, 3, 4, 1, 2):
        lands.made_up(seed)
    assert asked == [1, 2, 3, 4, 2], "the one that was looked at least lately went"
