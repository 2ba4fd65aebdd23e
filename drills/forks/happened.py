"""The main line of a past moment: what really happened from it on, as figures. It is read, not simulated."""

from typing import NamedTuple

from command.core.records import Codec
from drills.forks.branch import Parent
from drills.forks.needs import Needs
from drills.forks.recalling import NOBODY, People
from mobilization import Mobilization

_AT_ONCE = 4_096


class Happened(NamedTuple):
    """`here`: where the record ends, at the latest at the end asked for; `needs`: how they were met up to there; `events`: since the
    moment; `people`: who did something in it."""

    here: Parent
    needs: Needs
    events: int
    people: People

    @property
    def is_over(self) -> bool:
        """Nothing is left open that could still go on."""
        states = (self.here.world.look(f"mobilization:{each}") for each in self.here.mobilizations)
        return not any(isinstance(state, Mobilization) and (not state.over or state.out) for state in states)


def happened(parent: Parent, until_ms: int) -> Happened:
    """The parent's world is copied; nothing of the parent changes."""
    world = parent.world.fork()
    picture = parent.picture.fork(world.look)
    needs = Needs(world.look, parent.mobilizations, parent.now_ms)
    codec, position, hash_, now_ms = Codec(parent.rules.facts), parent.position, parent.hash, parent.now_ms
    known_ms = parent.record.known_ms if parent.record is not None else now_ms
    is_beyond = False
    while not is_beyond and (records := parent.log.after(position, _AT_ONCE)):
        for record in records:
            if is_beyond := record.at_ms > until_ms:
                break
            event = codec.event(record)
            world.apply(event)
            world.keep()
            picture.follow(event)
            needs.follow(event)
            position, hash_, now_ms = record.position, record.hash, record.at_ms
    here = parent._replace(
        world=world, position=position, hash=hash_, now_ms=max(now_ms, min(known_ms, until_ms)), picture=picture,
        calls=list(picture.calls),
    )  # fmt: skip
    people = People(parent.record.people(parent.position, parent.now_ms), 0, 0) if parent.record is not None else NOBODY
    return Happened(here, needs, position - parent.position, people)
