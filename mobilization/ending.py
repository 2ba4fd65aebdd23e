"""Decisions that end things: they must see who is still called, promised or out."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment
from command.tiers.authority import within
from incidents import Closed, Merged, find, find_open
from mobilization.commands import CloseIncident, MergeIncidents, StandDown
from mobilization.facts import StoodDown
from mobilization.finding import find_mobilization
from mobilization.states import LIVE, Call, CallState, Mobilization


def live_calls(look: Look, state: Mobilization) -> list[Call]:
    """Everyone who is still called, promised, standing by or out."""
    calls = [look(f"call:{call}") for call in state.calls]
    return [call for call in calls if isinstance(call, Call) and call.state in LIVE]


def stand_down(look: Look, command: StandDown, moment: Moment) -> Iterator[Fact]:
    state = find_mobilization(look, command.mobilization)
    incident = find(look, state.incident)
    within(moment.authority, incident.division)
    if not state.over:
        yield stood_down(look, state, command.why)


def stood_down(look: Look, state: Mobilization, why: str) -> StoodDown:
    live = live_calls(look, state)
    return StoodDown(
        mobilization=state.id, incident=state.incident, calls=tuple(call.id for call in live),
        people=tuple(call.person for call in live), teams=tuple(dict.fromkeys(call.team for call in live)), why=why,
    )  # fmt: skip


def close(look: Look, command: CloseIncident, moment: Moment) -> Iterator[Fact]:
    """Nobody may be forgotten outside: people on the way or on the spot are brought back first."""
    incident = find_open(look, command.incident)
    within(moment.authority, incident.division)
    state = look(f"mobilization:{mobilization_of(incident.id)}")
    if isinstance(state, Mobilization) and not state.over:
        out = sum(call.seated for call in live_calls(look, state) if call.state in (CallState.SET_OUT, CallState.ARRIVED))
        if out:
            raise Refused("incident.people_out", people=out)
        yield stood_down(look, state, "closed")
    yield Closed(incident=incident.id)


def merge(look: Look, command: MergeIncidents, moment: Moment) -> Iterator[Fact]:
    """The duplicate ends, its people are stood down; the other goes on."""
    if command.incident == command.into:
        raise Refused("incident.merge_self")
    incident, into = find_open(look, command.incident), find_open(look, command.into)
    within(moment.authority, incident.division)
    within(moment.authority, into.division)
    state = look(f"mobilization:{mobilization_of(incident.id)}")
    if isinstance(state, Mobilization) and not state.over:
        yield stood_down(look, state, "merged")
    yield Merged(incident=incident.id, into=into.id)


def mobilization_of(incident: str) -> str:
    """An incident has one call-out, named after it; waves and amendments belong to it."""
    return f"m-{incident}"
