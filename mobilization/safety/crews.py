"""Who of a crew is where, and safe: one state a person, by number within the crew. Pure: from the states of calls and rolls."""

from collections.abc import Iterator

from command.core.facts import Look
from mobilization.safety.facts import Missing, RollCrew
from mobilization.safety.states import LOST, Roll, Row
from mobilization.states import Call, CallState, Mobilization

_OF_CALL = {
    CallState.ACCEPTED: "promised",
    CallState.LATER: "promised",
    CallState.SET_OUT: "on_way",
    CallState.ARRIVED: "on_scene",
    CallState.STOOD_DOWN: "returning",
}
_STAYS = frozenset({"hurt", "help", LOST})
"""What a roll call found and nothing else makes good: shown after it was closed, too."""


def roll_of(look: Look, incident: str) -> Roll | None:
    state = look(f"roll:{incident}")
    return state if isinstance(state, Roll) else None


def people_out(look: Look, call: Call) -> int:
    """How many of this crew set out and are not back."""
    state = look(f"mobilization:{call.mobilization}")
    return state.out.get(call.id, 0) if isinstance(state, Mobilization) else 0


def crews_out(look: Look, mobilization: str) -> tuple[RollCrew, ...]:
    """Every crew that set out for this and is not back, of whatever round."""
    state = look(f"mobilization:{mobilization}")
    calls = [look(f"call:{call}") for call in state.out] if isinstance(state, Mobilization) else []
    return tuple(
        RollCrew(
            call=call.id, person=call.person, team=call.team, people=people_out(look, call),
            on_way=call.state is CallState.SET_OUT, stood_down=call.state is CallState.STOOD_DOWN,
        )
        for call in calls if isinstance(call, Call)
    )  # fmt: skip


def standings(look: Look, row: Row) -> dict[int, str]:
    """Of everyone of a crew in a roll: what was answered; else left (its crew is back), returning (it was told to go home meanwhile),
    or waiting."""
    call = look(f"call:{row.call}")
    silent = "waiting"
    if isinstance(call, Call) and not people_out(look, call):
        silent = "left"
    elif isinstance(call, Call) and call.state is CallState.STOOD_DOWN and not row.stood_down:
        silent = "returning"
    return {no: row.marks[no].state if no in row.marks else silent for no in range(1, row.people + 1)}


def unanswered(look: Look, roll: Roll) -> Iterator[Missing]:
    """Everyone of whom a roll knows nothing yet, or nothing any more."""
    for row in roll.rows.values():
        yield from (Missing(call=row.call, no=no) for no, state in standings(look, row).items() if state in ("waiting", LOST))


def crew_of(look: Look, call: Call) -> dict[int, str]:
    """The state of each person of a crew, as its leader and the desk see it now."""
    people = max(call.seated, people_out(look, call))
    usual = _OF_CALL.get(call.state, "left")
    roll = roll_of(look, call.incident)
    row = roll.rows.get(call.id) if roll is not None else None
    if roll is None or row is None:
        return dict.fromkeys(range(1, people + 1), usual)
    found = standings(look, row)
    if not roll.is_open:
        found = {no: state if state in _STAYS else usual for no, state in found.items()}
    return {no: found.get(no, usual) for no in range(1, max(people, row.people) + 1)}
