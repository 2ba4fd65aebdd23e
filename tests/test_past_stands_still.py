"""The past stands still: refolding needs nothing from outside, and the same seed gives the same bytes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import msgspec
from sqlalchemy import text

from command.core.world import World
from tests.kit import Desk, accept, ordered, planned, wave
from tests.rules import HOUSE
from tests.stories.told import told
from web_console.board.view import View


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


def test_past_stands_still_when_the_registry_is_gone(tmp_path: Path) -> None:
    """Board, ladder and reasons refold to the bytes that stood on the screens, with no registry, geo or clock in reach."""
    with told(tmp_path) as story:
        story.raise_fire()
        story.answer(1, "decline")
        story.fast_forward(91)
        shown = picture(story.house.view)
        assert b"t1" in shown
        with story.house.registry.write("team", "t1") as writing:
            writing.session.execute(text("DELETE FROM teams"))
            writing.session.execute(text("DELETE FROM people"))
        refolded = View(HOUSE.kinds)
        for record in story.house.realm.log.after(0, story.house.view.position):
            refolded.follow(story.house.core.event(record))
        assert picture(refolded) == shown


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
