"""Decisions to call out: orders, and waves as the policy planned them."""

from collections.abc import Iterator, Sequence

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import rule_to_call, within
from command.tiers.divisions import parent_of
from incidents import Incident, Need, NeedsSet, Stage, StageChanged, Verified, check_needs, find_open, raise_incident
from mobilization.commands import CallWave, OrderCall, RaiseAndOrder, StartAttempts
from mobilization.facts import Amended, AttemptStarted, OrderAsked, Ordered, PlannedCall, SupportAsked, WaveCalled
from mobilization.finding import find_call, find_mobilization, person_of, team_of
from mobilization.states import OFFER_MS, Call, CallState, Mobilization


def people_at_least(needs: Sequence[Need]) -> int:
    """The size of a call-out, for authority: the sum of its minimum lines."""
    return sum(need.minimum for need in needs)


def order_call(look: Look, command: OrderCall, moment: Moment) -> Iterator[Fact]:
    incident = find_open(look, command.incident)
    post = within(moment.authority, incident.division)
    if not incident.verified:
        raise Refused("incident.not_verified")
    needs = command.needs or incident.needs
    check_needs(needs)
    if not needs:
        raise Refused("mobilization.no_needs")
    running = look(f"mobilization:{command.mobilization}")
    if running is not None and running.incident != incident.id:
        raise Refused("mobilization.other")
    if command.needs and command.needs != incident.needs:
        yield NeedsSet(incident=incident.id, needs=command.needs)
    yield from _order(command.mobilization, incident.id, incident.mode, needs, post, command.channels, running)


def raise_and_order(look: Look, command: RaiseAndOrder, moment: Moment) -> Iterator[Fact | Sealed]:
    """One press: report, verification and order, under one authority. First the incident's own rules."""
    raising = command.raising
    yield from raise_incident(look, raising, moment)
    if not raising.verify:
        yield Verified(incident=raising.incident)
    if not raising.needs:
        raise Refused("mobilization.no_needs")
    post = within(moment.authority, raising.place.path[-1])
    yield from _order(command.mobilization, raising.incident, raising.mode, raising.needs, post, command.channels, None)


def _order(
    mobilization: str, incident: str, mode: str, needs: tuple[Need, ...], post: str, channels: tuple[str, ...],
    running: Mobilization | None,
) -> Iterator[Fact]:  # fmt: skip
    people = people_at_least(needs)
    rule = rule_to_call(post, people)
    if rule is None:
        above = parent_of(post)
        if above is None:
            raise Refused("authority.size", people=people, most_people=0, who_may="province")
        yield OrderAsked(incident=incident, from_post=post, to=above, people=people, needs=needs)
    elif running is None:
        yield Ordered(
            mobilization=mobilization, incident=incident, mode=mode, scope=post, rule=rule.id, needs=needs, channels=channels
        )
        yield StageChanged(incident=incident, stage=Stage.ACTING.value)
    else:
        scope = min(running.scope, post, key=len)
        yield Amended(mobilization=mobilization, scope=scope, rule=rule.id, needs=needs)


def call_wave(look: Look, command: CallWave, moment: Moment) -> Iterator[Fact]:
    """Take the plan as it stands now: who was engaged or called meanwhile is left out."""
    state = find_mobilization(look, command.mobilization)
    if state.over:
        raise Refused("mobilization.over")
    calls = tuple(call for call in command.calls if _may_call(look, call, moment.now_ms))
    if calls:
        yield WaveCalled(
            mobilization=state.id, incident=state.incident, wave=len(state.waves) + 1, due_ms=moment.now_ms + OFFER_MS,
            calls=calls, registry_rev=command.registry_rev, why_not=command.why_not, why_blob=command.why_blob,
            gates=command.gates, channels=state.channels,
        )  # fmt: skip
    yield from _ask_above(look, state, command.short)


def _may_call(look: Look, call: PlannedCall, now_ms: int) -> bool:
    person, team = person_of(look, call.person), team_of(look, call.team)
    free = person.engaged is None and team.engaged is None and not person.open and not team.open
    return free and person.is_available(now_ms)


def _ask_above(look: Look, state: Mobilization, short: dict[str, int]) -> Iterator[Fact]:
    incident = look(f"incident:{state.incident}")
    if not isinstance(incident, Incident):
        return
    above = parent_of(state.scope)
    asked = {(each.to, each.speciality) for each in state.asked_up}
    for speciality, people in sorted(short.items()):
        if people > 0 and above is not None and (above, speciality) not in asked:
            yield SupportAsked(
                mobilization=state.id, incident=incident.id, from_post=state.scope, to=above, speciality=speciality, short=people
            )


def start_attempts(look: Look, command: StartAttempts, _moment: Moment) -> Iterator[Fact]:
    """Messages to phones whose page was not awake when called."""
    for each in command.calls:
        call = find_call(look, each)
        if call.state is CallState.OPEN and call.attempt is None:
            yield attempt(call)


def attempt(call: Call) -> AttemptStarted:
    return AttemptStarted(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, channel="sms", attempt=f"{call.id}/sms"
    )
