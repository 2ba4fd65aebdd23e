"""A fact may still its realm: nothing falls due any more; undone with the turn, kept by a fork."""

from command.core.facts import Event, Fact
from command.core.world import World
from drills.conduct import Cued, DrillOpened, DrillStopped
from drills.scenario import Cue
from web_console.rules import DRILL_RULES

OPENED = DrillOpened(
    scenario="s", text="h", way="live", seed=1, begin_ms=0, end_ms=60_000, cues=(Cued(no=1, kind="expected", cue=Cue(at_min=0.5)),), incidents=(),
    objectives=("o",),
)  # fmt: skip


def event(fact: Fact, position: int) -> Event:
    return Event(
        position=position, at_ms=0, happened_ms=0, learned_ms=0, name=fact.NAME, schema=fact.SCHEMA, keys=fact.keys(), actor="a", command_id="c",
        fact=fact,
    )  # fmt: skip


def test_a_stilled_world_drops_every_deadline_and_takes_none_until_undone() -> None:
    world = World(DRILL_RULES.kinds)
    world.apply(event(OPENED, 1))
    world.keep()
    assert world.next_due_ms() == 30_000
    mark = world.mark()
    world.apply(event(DrillStopped(words="停"), 2))
    assert world.next_due_ms() is None
    world.apply(event(OPENED, 3))
    assert world.next_due_ms() is None, "not even a new one"
    assert world.fork().next_due_ms() is None
    world.undo(mark)
    assert world.next_due_ms() == 30_000
    world.apply(event(OPENED, 2))
    assert world.next_due_ms() == 30_000
