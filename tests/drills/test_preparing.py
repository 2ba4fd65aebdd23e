"""A long history is made ready by a process of its own, beside whoever serves the realm."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from command.core.errors import Refused
from drills.seeking import EVERY, Shelf
from tests.drills.past import folded, told
from tests.kit import Desk, accept, ordered, planned, wave
from web_console.board.teams import TeamLists
from web_console.directory import Directory
from web_console.replays import replays as replays_module
from web_console.replays.past import SHELF, code, opened
from web_console.replays.replays import Replays, Wanted

NOBODY = Directory(
    divisions={}, stations={}, stations_in={}, teams={}, teams_of={}, people={}, officers={}, duty_numbers={}
)  # fmt: skip


def long_history(folder: Path) -> Desk:
    desk = Desk(folder, full_sync=False)
    for number in range(60):
        desk.ask(ordered(f"i{number}"))
        calls = tuple(planned(n, person=f"p{number}-{n}", team=f"t{number}-{n}", call=f"c{number}-{n}") for n in range(10))
        desk.ask(wave(calls, incident=f"i{number}"))
        for n in range(10):
            desk.ask(accept(f"c{number}-{n}"), by=f"person:p{number}-{n}", authority=None)
    assert desk.core.position > EVERY + 50
    return desk


def test_another_process_makes_the_checkpoints_and_this_one_reads_them(tmp_path: Path) -> None:
    desk = long_history(tmp_path)
    subprocess.run([sys.executable, "-m", "web_console.replays.prepare", str(tmp_path), "live"], check=True)
    shelf = Shelf(tmp_path / SHELF, epoch=desk.log.epoch(), code=code("live"))
    assert shelf.last() == desk.core.position // EVERY * EVERY
    shelf.close()
    shelf, seeker = opened(tmp_path, desk.log, kind="live")
    position = EVERY + 40
    assert seeker.folds(position) == 40
    assert told(seeker.at(position)) == told(folded(desk.log, position))
    shelf.close()
    desk.close()


def test_while_it_is_made_ready_one_is_told_how_much_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replays_module, "FOLDED_AT_ONCE", 0)
    desk = long_history(tmp_path)
    replays = Replays(
        tmp_path, desk.log, kind="live", names=lambda: NOBODY, lists=TeamLists(lambda: NOBODY), now_ms=desk.core.now_ms
    )
    wanted = Wanted(topics=("board/990101/duty",), position=desk.core.position, at_ms=0, incident="", held=0)

    async def told_then() -> None:
        span = await replays.span(incident="i1")
        assert span.left == desk.core.position // EVERY > 0
        with pytest.raises(Refused) as refusal:
            await replays.picture("one", wanted)
        assert refusal.value.code == "replay.preparing"
        for _ in range(200):
            if (await replays.span(incident="i1")).left == 0:
                break
            await asyncio.sleep(0.1)
        found = await replays.picture("one", wanted)
        assert "incident/i59" in found["topics"]["board/990101/duty"]["put"]
        await replays.close()

    asyncio.run(told_then())
    desk.close()


def test_a_drill_and_a_living_realm_have_checkpoints_of_their_own() -> None:
    assert code("drill") != code("live")
