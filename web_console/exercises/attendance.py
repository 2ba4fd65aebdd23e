"""Who took part in an exercise: read from its own realm, proposed in the live one, entered there by an officer alone."""

from collections.abc import Iterable

from command.core.facts import Event
from mobilization import Answered, Progressed
from mobilization.training import Attended, Exercise, ProposeTraining
from web_console.directory import Directory
from web_console.house import House

_LENGTHS = (9, 6, 4)
"""Of the codes of townships, counties and cities."""


def attended(house: House) -> tuple[Attended, ...]:
    """Everyone who signed in, answered or arrived; who did nothing of it could not come, and is not in the list."""
    signed_in = set(house.accounts.people())
    answered, arrived = set[str](), set[str]()
    for event in _events(house):
        match event.fact:
            case Answered(person=person):
                answered.add(person)
            case Progressed(person=person, did="arrived"):
                arrived.add(person)
            case _:
                pass
    return tuple(
        Attended(person=each, signed_in=each in signed_in, answered=each in answered, arrived=each in arrived)
        for each in sorted(signed_in | answered | arrived)
    )


def proposal(exercise: str, house: House) -> ProposeTraining:
    return ProposeTraining(exercise=exercise, attended=attended(house))


def division_of(names: Directory, people: Iterable[str]) -> str:
    """The smallest division that holds them all; "" where there is none: then nobody here may approve it."""
    return common(found.division for person in people if (found := names.people.get(person)) is not None)


def common(divisions: Iterable[str]) -> str:
    """The smallest that holds all of these; of whom none is known it says nothing."""
    codes = [code for code in divisions if code]
    first = codes[0] if codes else ""
    return next((first[:n] for n in _LENGTHS if len(first) >= n and all(code.startswith(first[:n]) for code in codes)), "")


def pending(house: House) -> list[Exercise]:
    """Of the live realm: exercises whose list waits for an officer, the newest first."""
    states = (house.core.world.look(key) for key in house.core.world.keys("exercise"))
    found = [
        each for each in states if isinstance(each, Exercise) and each.proposed and each.recorded is None and not each.cancelled
    ]
    return sorted(found, key=lambda each: (-each.begin_ms, each.id))


def _events(house: House) -> Iterable[Event]:
    position = 0
    while records := house.realm.log.after(position, 4_096):
        yield from map(house.core.event, records)
        position = records[-1].position
