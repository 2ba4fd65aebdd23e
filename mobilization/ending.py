"""Decisions that end things: they must see who is still called, promised or out."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from incidents import (
    AUTOMATIC,
    ChangeStage,
    Closed,
    DisposeIncident,
    Incident,
    Merged,
    Reversed,
    ReverseIncident,
    Stage,
    acts_on,
    check_lead,
    check_reversible,
    disposed,
    find,
    find_open,
    staged,
)
from mobilization.commands import CloseIncident, MergeIncidents, StandDown
from mobilization.facts import StoodDown
from mobilization.finding import check_commands, find_mobilization
from mobilization.states import LIVE, OUT, Mobilization, Part

_ONLY_WHILE_CALLED_OUT = frozenset({Stage.ACTING, Stage.STABILISED, Stage.DEMOBILISING})


def live_parts(state: Mobilization) -> list[Part]:
    """Everyone who is still called, promised, standing by or out."""
    return [part for part in state.parts.values() if part.state in LIVE]


def stand_down(look: Look, command: StandDown, moment: Moment) -> Iterator[Fact]:
    state = find_mobilization(look, command.mobilization)
    incident = find(look, state.incident)
    post = acts_on(moment.authority, incident.place)
    if state.over:
        return
    check_commands(post, incident, state)
    yield stood_down(state, command.why)


def stood_down(state: Mobilization, why: str) -> StoodDown:
    live = live_parts(state)
    return StoodDown(
        mobilization=state.id, incident=state.incident, calls=tuple(part.call for part in live),
        people=tuple(part.person for part in live), teams=tuple(dict.fromkeys(part.team for part in live)), why=why,
    )  # fmt: skip


def close(look: Look, command: CloseIncident, moment: Moment) -> Iterator[Fact]:
    """Nobody may be forgotten outside: people on the way or on the spot are brought back first."""
    incident = find_open(look, command.incident)
    state = _may_end(look, incident, moment)
    _check_nobody_out(state)
    yield Closed(incident=incident.id)
    yield from _ended(state, "closed")


def merge(look: Look, command: MergeIncidents, moment: Moment) -> Iterator[Fact]:
    """The duplicate ends, its people are stood down; the other goes on. With people out, the other way round is the right one."""
    if command.incident == command.into:
        raise Refused("incident.merge_self")
    incident, into = find_open(look, command.incident), find_open(look, command.into)
    state = _may_end(look, incident, moment)
    acts_on(moment.authority, into.place)
    _check_nobody_out(state)
    yield Merged(incident=incident.id, into=into.id)
    yield from _ended(state, "merged")


def dispose(look: Look, command: DisposeIncident, moment: Moment) -> Iterator[Fact | Sealed]:
    """A false alarm, handed over, entered in error: whoever is called or on the way is told at once."""
    incident = find_open(look, command.incident)
    state = _may_end(look, incident, moment)
    yield disposed(incident, command)
    yield from _ended(state, command.stage)


def reverse(look: Look, command: ReverseIncident, moment: Moment) -> Iterator[Fact]:
    """Taken back. Its people were stood down: it stands as verified again, so that everyone sees that they are not called."""
    incident = find(look, command.incident)
    stage = check_reversible(incident, moment)
    state = look(f"mobilization:{mobilization_of(incident.id)}")
    if stage in _ONLY_WHILE_CALLED_OUT and isinstance(state, Mobilization) and state.over:
        stage = Stage.VERIFIED
    yield Reversed(incident=incident.id, was=incident.stage.value, stage=stage.value, into=incident.merged_into or "")


def change_stage(look: Look, command: ChangeStage, moment: Moment) -> Iterator[Fact]:
    """Under control, nobody is called by itself any more: that is for whoever may end the call-out."""
    incident = find_open(look, command.incident)
    if command.stage in AUTOMATIC:
        check_lead(acts_on(moment.authority, incident.place), incident)
    else:
        _may_end(look, incident, moment)
    yield from staged(incident, command)


def _may_end(look: Look, incident: Incident, moment: Moment) -> Mobilization | None:
    """The running call-out, if any. A post below the lead ends only what no post above has taken in hand."""
    post = acts_on(moment.authority, incident.place)
    check_lead(post, incident)
    state = look(f"mobilization:{mobilization_of(incident.id)}")
    if not isinstance(state, Mobilization) or state.over:
        return None
    check_commands(post, incident, state)
    return state


def _check_nobody_out(state: Mobilization | None) -> None:
    out = sum(max(part.seated, part.arrived) for part in live_parts(state) if part.state in OUT) if state is not None else 0
    if out:
        raise Refused("incident.people_out", people=out)


def _ended(state: Mobilization | None, why: str) -> Iterator[Fact]:
    if state is not None:
        yield stood_down(state, why)


def mobilization_of(incident: str) -> str:
    """An incident has one call-out, named after it; waves and amendments belong to it."""
    return f"m-{incident}"
