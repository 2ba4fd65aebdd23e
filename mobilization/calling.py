"""Decisions about a call that waits: it lapses, is tried on another channel, is seen."""

from collections.abc import Iterator

from command.core.facts import Fact, Look, Moment
from mobilization.commands import EndAttempt, LapseCall, ReachOutside, SeeCalls, StartAttempts
from mobilization.facts_calls import AttemptEnded, AttemptStarted, Lapsed, Seen
from mobilization.finding import find_call
from mobilization.states import Call, CallState


def lapse(look: Look, command: LapseCall, _moment: Moment) -> Iterator[Fact]:
    call = find_call(look, command.call)
    if call.state is CallState.OPEN:
        yield lapsed(call, "silence")


def lapsed(call: Call, why: str) -> Lapsed:
    return Lapsed(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        wave=call.wave, round=call.round, why=why,
    )  # fmt: skip


def start_attempts(look: Look, command: StartAttempts, _moment: Moment) -> Iterator[Fact]:
    """Messages to phones whose page was not awake: that they are called, or that they need not come any more."""
    for each in command.calls:
        call = find_call(look, each)
        is_over = command.about == "over" and _must_hear_over(call)
        if is_over or (command.about == "call" and call.state is CallState.OPEN and call.attempt is None):
            yield _attempt(call, command.about)


def _must_hear_over(call: Call) -> bool:
    return call.state is CallState.STOOD_DOWN and not call.told_over


def reach_outside(look: Look, command: ReachOutside, _moment: Moment) -> Iterator[Fact]:
    call = find_call(look, command.call)
    if call.state is CallState.OPEN and call.seen_ms is None and call.attempt is None:
        yield _attempt(call, "call")


def _attempt(call: Call, about: str) -> AttemptStarted:
    name = f"{call.id}/sms" if about == "call" else f"{call.id}/sms/{about}"
    return AttemptStarted(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, channel="sms", attempt=name, about=about
    )


def end_attempt(look: Look, command: EndAttempt, _moment: Moment) -> Iterator[Fact]:
    """How the send went. An unknown or failed one is never repeated: where the page has not shown the call either, the next
    channel is the deputy, when this lapses. Whoever was told to come after it was over hears that too."""
    call = find_call(look, command.call)
    about_call = command.attempt == call.attempt
    if not about_call or call.attempt_result is None:
        yield AttemptEnded(
            call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, channel=call.channel,
            attempt=command.attempt, about="call" if about_call else "over", result=command.result,
        )  # fmt: skip
    if about_call and command.result in ("failed", "unknown") and call.state is CallState.OPEN and call.seen_ms is None:
        yield lapsed(call, "not_reached")
    if about_call and command.result in ("sent", "unknown") and _must_hear_over(call):
        yield _attempt(call, "over")


def see(look: Look, command: SeeCalls, moment: Moment) -> Iterator[Fact]:
    """Receipts come in bundles of one person's calls; one fact a mobilization. What is not theirs, or unknown, is passed over."""
    fresh: dict[str, list[str]] = {}
    for each in command.calls:
        call = look(f"call:{each}")
        if isinstance(call, Call) and call.seen_ms is None and moment.actor == f"person:{call.person}":
            fresh.setdefault(call.mobilization, []).append(call.id)
    for mobilization, calls in fresh.items():
        yield Seen(mobilization=mobilization, calls=tuple(calls))
