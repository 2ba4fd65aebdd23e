"""Decisions about waves, as they were planned: who was engaged or called meanwhile is left out, and then it is planned again."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment
from command.tiers.divisions import above as division_above
from command.tiers.watched import waits_on_watch
from incidents import acts_on, find_open
from mobilization.commands import CallNextWave, CallWave, LookAgain, WithdrawWave
from mobilization.facts import LookedAgain, PlannedCall, SupportAsked, WaveCalled, WaveOvertaken, WaveWithdrawn
from mobilization.finding import check_commands, find_mobilization, person_of, team_of
from mobilization.states import LIVE, OFFER_MS, OUT, Mobilization


def call_next_wave(look: Look, command: CallNextWave, moment: Moment) -> Iterator[Fact]:
    """An officer calls more now."""
    state = find_mobilization(look, command.mobilization)
    incident = find_open(look, state.incident)
    post = acts_on(moment.authority, incident.place)
    check_commands(post, incident, state)
    yield from call_wave(look, command, moment)


def call_wave(look: Look, command: CallWave, moment: Moment) -> Iterator[Fact]:
    state = find_mobilization(look, command.mobilization)
    if state.over:
        raise Refused("mobilization.over")
    calls = tuple(call for call in command.calls if _may_call(look, call))
    if calls:
        yield WaveCalled(
            mobilization=state.id, incident=state.incident, round=state.round, wave=len(state.waves) + 1,
            due_ms=moment.now_ms + OFFER_MS, calls=calls, registry_rev=command.registry_rev, why_not=command.why_not,
            why_blob=command.why_blob, gates=command.gates, channels=state.channels,
        )  # fmt: skip
    if len(calls) < len(command.calls):
        yield WaveOvertaken(mobilization=state.id, left_out=len(command.calls) - len(calls))
    yield from _ask_above(look, state, command.short)


def _may_call(look: Look, call: PlannedCall) -> bool:
    person, team = person_of(look, call.person), team_of(look, call.team)
    free = person.engaged is None and team.engaged is None and not person.open and not team.open
    return free and person.is_available and look(f"call:{call.call}") is None


def _ask_above(look: Look, state: Mobilization, short: dict[str, int]) -> Iterator[Fact]:
    """Nobody is left: the tier above is asked; above the city that is the province, which this system only records."""
    above = division_above(state.scope)
    asked = {(each.to, each.speciality) for each in state.asked_up}
    for speciality, people in sorted(short.items()):
        if people > 0 and (above, speciality) not in asked:
            yield SupportAsked(
                mobilization=state.id,
                incident=state.incident,
                from_post=state.scope,
                to=above,
                speciality=speciality,
                short=people,
                watched=waits_on_watch(look, above),
            )


def withdraw_wave(look: Look, command: WithdrawWave, moment: Moment) -> Iterator[Fact]:
    """Whoever may call the next one may take it back. Who has set out stays called: standing down is for them."""
    state = find_mobilization(look, command.mobilization)
    incident = find_open(look, state.incident)
    check_commands(acts_on(moment.authority, incident.place), incident, state)
    if state.over:
        raise Refused("mobilization.over")
    if not any(wave.no == command.wave for wave in state.waves):
        raise Refused("wave.unknown", wave=command.wave)
    parts = [part for part in state.parts.values() if part.wave == command.wave and part.state in LIVE - OUT]
    if parts:
        yield WaveWithdrawn(
            mobilization=state.id, incident=state.incident, round=state.round, wave=command.wave,
            calls=tuple(part.call for part in parts), people=tuple(dict.fromkeys(part.person for part in parts)),
            teams=tuple(dict.fromkeys(part.team for part in parts)),
        )  # fmt: skip


def look_again(look: Look, command: LookAgain, _moment: Moment) -> Iterator[Fact]:
    """Also while an officer has the danger under control: it may come back, and then nothing may have stopped for good."""
    state = find_mobilization(look, command.mobilization)
    if not state.over and state.is_short and state.is_silent:
        yield LookedAgain(mobilization=state.id)
