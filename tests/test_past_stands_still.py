"""The past stands still: refolding needs nothing from outside, and the same seed gives the same bytes."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from starlette.testclient import TestClient

from command.core.clock import ManualClock, SystemClock
from command.core.world import World
from command.tiers.imports import Where
from command.tiers.registry import Registry
from geo import Boundaries, Zones
from mobilization import WaveCalled
from mobilization.imports import import_teams
from tests.kit import Desk, accept, ordered, planned, wave
from tests.rules import HOUSE
from tests.stories.told import Teller, told
from tests.town import INSIDE, open_town
from web_console import catalogue as catalogue_module
from web_console.app import make_app
from web_console.board.source import Boards
from web_console.board.teams import TeamLists
from web_console.board.view import View
from web_console.catalogue import Part
from web_console.directory import Directory
from web_console.ground import CityGround
from web_console.house import House
from web_console.maps import import_boundaries


def run(desk: Desk) -> str:
    """A small call-out; the digest of every stored byte."""
    desk.ask(ordered())
    desk.ask(wave(tuple(planned(n) for n in range(8))))
    for number in range(5):
        desk.clock.advance(seconds=3)
        desk.ask(accept(f"c{number}"), by=f"person:p{number}")
    desk.tick(seconds=200)
    return hashlib.sha256(b"".join(record.hash for record in desk.log.after(0, 1000))).hexdigest()


def test_past_stands_still_same_bytes_on_every_storage_and_under_any_hash_seed(tmp_path: Path) -> None:
    digests = {run(Desk()), run(Desk(tmp_path))}
    code = "from tests.kit import Desk; from tests.test_past_stands_still import run; print(run(Desk()))"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."}, capture_output=True, text=True,
            check=True, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def tell(folder: Path) -> str:
    """A call-out through the whole house, planning and geometry included; the digest of every stored byte."""
    with told(folder) as story:
        story.raise_fire()
        story.answer(1, "decline", reason="家里有事")
        story.fast_forward(91)
        story.answer(5, heads=3)
        return hashlib.sha256(b"".join(record.hash for record in story.house.realm.log.after(0, 1000))).hexdigest()


def test_past_stands_still_same_bytes_of_the_whole_house_under_any_hash_seed(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.test_past_stands_still import tell; print(tell(Path(sys.argv[1])))"
    digests = {tell(tmp_path / "0")} | {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_past_stands_still_when_the_registry_changes_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leader swapped, a person deleted, a border moved, then no registry at all: board, ladder and reasons stay byte-equal."""
    with told(tmp_path) as story:
        incident = story.raise_fire()
        story.answer(1, "decline")
        story.fast_forward(91)
        house, end = story.house, story.house.view.position
        names, shown, ladder, why = (
            names_as_they_are(house),
            picture(house.view),
            waves(house),
            reasons(story, incident),
        )
        board = rendered(house.view, names, house)
        assert b'"team":"t1"' in ladder
        assert any(item is not None and b"t1" in item for item in board.values())
        change_the_world(house, tmp_path)
        story.settle()
        recorded = [record.name for record in house.realm.log.after(end, 100)]
        assert recorded.count("registry.imported") == recorded.count("areas.changed") == 1
        assert house.names.teams["t1"].leader == "p7"
        assert (house.names.people.get("p2"), house.ground.locate(*INSIDE).path[-1]) == (None, "990101002")  # type: ignore[union-attr]
        assert reasons(story, incident) == why
        assert nameless_calls(rendered(house.view, house.names, house)) == nameless_calls(board)
        house.realm.folder.registry.unlink()
        records = house.realm.log.after(0, end)
        with monkeypatch.context() as forbidden:
            forbid_everything_outside(forbidden)
            refolded = View(HOUSE.kinds)
            for record in records:
                refolded.follow(house.core.event(record))
            assert picture(refolded) == shown
            assert rendered(refolded, names, house) == board
            assert waves(house, refolded) == ladder


def test_past_stands_still_when_policies_follow_it_a_second_time(tmp_path: Path) -> None:
    """Cursors are lost after the registry changed: plans are made anew, but nothing recorded and no reason is rewritten."""
    with told(tmp_path) as story:
        incident = story.raise_fire()
        story.answer(1, "decline")
        why = reasons(story, incident)
        change_the_world(story.house, tmp_path)
        story.settle()
        clock = story.clock
    (tmp_path / "realm" / "cache.db").unlink()
    house = open_town(tmp_path, clock=clock, fill=False)
    with TestClient(make_app(house, live=False), base_url="http://muster.test") as client:
        again = Teller(house, client, clock)
        again.settle()
        assert reasons(again, incident) == why


def reasons(story: Teller, incident: str) -> list[object]:
    """Who was called in every wave, and who was not, as the desk is told."""
    root = f"/incidents/{incident}/why"
    said = story.sees("bo", root)
    return [said, *(story.sees("bo", f"{root}/{wave['wave']}") for wave in said["waves"])]


def change_the_world(house: House, folder: Path) -> None:
    """t1 gets another leader and another base, p2 is deleted, the border between the townships moves south."""
    rows = folder / "rows"
    head = "id,name,speciality,station,lon,lat,minimum_crew,size,leader,deputies"
    (rows / "swap.csv").write_text(f"{head}\nt1,急救1队,FIRST_AID,s1,111.12,30.06,1,4,p7,p1\n", "utf-8")
    assert import_teams(house.registry, rows / "swap.csv", where=Where(lambda lon, lat: (lon, lat))).counts["changed"] == 1
    with house.registry.write("person", "p2") as writing:
        writing.session.execute(text("DELETE FROM people WHERE id = 'p2'"))
    moved: dict[str, BaseGeometry] = {"990101001": box(111.0, 30.0, 111.2, 30.02), "990101002": box(111.0, 30.02, 111.2, 30.2)}
    assert import_boundaries(house, Boundaries(moved, [])).counts["changed"] == 2


def names_as_they_are(house: House) -> Directory:
    return msgspec.structs.replace(house.names, people={f"p{n}": house.names.people.get(f"p{n}") for n in range(1, 13)})


def forbid_everything_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, whoever reads a clock, the registry or the map fails."""

    def never(*_args: object, **_kwargs: object) -> object:
        raise AssertionError("the past asked the present")

    for owner, names in (
        (ManualClock, ("wall_ms", "mono_ms")), (SystemClock, ("wall_ms", "mono_ms")), (Registry, ("read", "write", "open", "revision")),
        (Zones, ("at", "path_at", "circles_at", "nearest_circle")), (CityGround, ("locate", "cell")), (catalogue_module, ("straight_line", "Reach")),
        (Part, ("look",)), (time, ("time_ns", "monotonic_ns")),
    ):  # fmt: skip
        for name in names:
            monkeypatch.setattr(owner, name, never)


def rendered(view: View, names: Directory, house: House) -> dict[str, bytes | None]:
    """Every item of the city's board and of each phone, with these names for ids."""
    boards = Boards(
        view,
        names=lambda: names,
        unseal=house.realm.open_event,
        ways=house.pager.conditions,
        is_here=house.screens.desks.is_here,
        reach=lambda _: "asleep",
        lists=TeamLists(lambda: names),
        is_found=lambda _: None,
    )
    topics = ["board/9901/duty", "board/990101/wall", *(f"me/p{n}" for n in range(1, 13))]
    return {f"{topic} {item}": boards.show(topic, item) for topic in topics for item in boards.items_of(topic)}


def nameless_calls(board: dict[str, bytes | None]) -> dict[str, object]:
    """The desk's call items without what is joined at rendering: names may change, whom and whence one called may not."""
    calls = {
        name: msgspec.json.decode(item) for name, item in board.items() if item and name.startswith("board/") and "call/" in name
    }
    assert calls
    return {
        name: {k: v for k, v in call.items() if k not in ("team_name", "person_label", "phone_label")}
        for name, call in calls.items()
    }


def waves(house: House, view: View | None = None) -> bytes:
    """The ladder: who was called in which wave, in what order and why."""
    found = (view or house.view).lines
    return msgspec.json.encode([event.fact for event, _ in found if isinstance(event.fact, WaveCalled)])


def picture(view: View) -> bytes:
    states = [[key, view.look(key)] for kind in HOUSE.kinds for key in sorted(view.world.keys(kind.prefix))]
    return msgspec.json.encode([states, [[event.fact, incident] for event, incident in view.lines]])


def test_past_stands_still_every_prefix_folds() -> None:
    desk = Desk()
    run(desk)
    world = World(HOUSE.kinds)
    for record in desk.log.after(0, 1000):
        event = desk.core.event(record)
        world.apply(msgspec.structs.replace(event, sealed=None))
    assert world.look("mobilization:m-i1") == desk.core.world.look("mobilization:m-i1")
