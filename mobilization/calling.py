"""Decisions about a call that waits: it lapses, is tried on another channel, is rung by hand, is seen."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment
from command.core.realm_facts import SealedOpened
from incidents import acts_on, find
from mobilization.commands import EndAttempt, LapseCall, MakeLinks, ReachOutside, RingLeader, SeeCalls, StartAttempts
from mobilization.facts import LinksMade
from mobilization.facts_calls import AttemptEnded, AttemptStarted, RingBegun, Seen
from mobilization.finding import check_commands, find_call, find_mobilization, find_own_call
from mobilization.seating import lapsed
from mobilization.states import TEXTS, Call, CallState

FOR_CREWS = frozenset({"order", "order_off", "roll", "danger"})
"""What messages to a crew in the field are about."""
RECEIPTS = "simulated:receipts"
"""Who carries receipts of many simulated people in one bundle; of nobody else."""


def lapse(look: Look, command: LapseCall, _moment: Moment) -> Iterator[Fact]:
    call = find_call(look, command.call)
    if call.state is CallState.OPEN:
        yield from lapsed(look, call, "silence")


def start_attempts(look: Look, command: StartAttempts, _moment: Moment) -> Iterator[Fact]:
    """Messages to phones whose page was not awake: that they are called, are ordered something, are called over or in danger, or need not come
    any more."""
    for each in command.calls:
        call = find_call(look, each)
        if command.about == "over" and _must_hear_over(call):
            yield _over(call)
        elif command.about == "call" and call.state is CallState.OPEN and call.attempt is None:
            yield from _next(call, None)
        elif command.about in FOR_CREWS:
            yield from _tell(call, command.about, command.of)


def _must_hear_over(call: Call) -> bool:
    return call.state is CallState.STOOD_DOWN and not call.told_over


def reach_outside(look: Look, command: ReachOutside, _moment: Moment) -> Iterator[Fact]:
    call = find_call(look, command.call)
    is_heard = call.attempt is not None and call.attempt_result != "sent"
    if call.state is CallState.OPEN and call.seen_ms is None and not is_heard:
        yield from _next(call, call.attempt_result)


def _next(call: Call, result: str | None) -> Iterator[Fact]:
    """The next channel of the ladder, where one is left."""
    channel = call.next_channel(result)
    if channel is not None:
        yield _attempt(call, channel, f"{call.id}/{channel}", "call")


def _ways(call: Call) -> list[str]:
    """Texts before voices, and of these what reached them before what is next."""
    reached = [call.channel] if call.channel in call.channels and call.attempt_result != "failed" else []
    return sorted(dict.fromkeys((*reached, *call.channels)), key=lambda each: each not in TEXTS)


def _over(call: Call) -> AttemptStarted:
    channel = (_ways(call) or ["sms"])[0]
    return _attempt(call, channel, f"{call.id}/{channel}/over", "over")


def _tell(call: Call, about: str, of: str, *, behind: str = "") -> Iterator[Fact]:
    """An order, a roll call or marked danger to a crew that is out: once by one channel; by the one behind it where that failed."""
    ways = _ways(call)
    left = ways[ways.index(behind) + 1 :] if behind in ways else [] if behind else ways
    if left:
        yield _attempt(call, left[0], f"{call.id}/{left[0]}/{about}/{of}", about, of)


def confirmation(call: Call, channel: str, now_ms: int) -> AttemptStarted:
    """Whoever answered by text hears by the same way what was understood."""
    return _attempt(call, channel, f"{call.id}/{channel}/answer/{now_ms}", "answer")


def _attempt(call: Call, channel: str, name: str, about: str, of: str = "") -> AttemptStarted:
    return AttemptStarted(
        call=call.id,
        mobilization=call.mobilization,
        person=call.person,
        team=call.team,
        channel=channel,
        attempt=name,
        about=about,
        of=of,
    )


def ring(look: Look, command: RingLeader, moment: Moment) -> Iterator[Fact]:
    """By whoever may note for the leader: that the number was opened is recorded, and others see who is ringing."""
    call = find_own_call(look, command.call, moment, moment.actor)
    yield RingBegun(call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, by=moment.actor)
    yield SealedOpened(subject=f"person:{call.person}")


def make_links(look: Look, command: MakeLinks, moment: Moment) -> Iterator[Fact]:
    """For calls of this round that wait for an answer, or waited in vain."""
    state = find_mobilization(look, command.mobilization)
    incident = find(look, state.incident)
    check_commands(acts_on(moment.authority, incident.place), incident, state)
    if state.over:
        raise Refused("mobilization.over")
    calls = tuple(part.call for part in state.parts.values() if part.state in (CallState.OPEN, CallState.LAPSED))
    if not calls:
        raise Refused("links.nobody")
    yield LinksMade(mobilization=state.id, incident=state.incident, calls=calls)


def end_attempt(look: Look, command: EndAttempt, _moment: Moment) -> Iterator[Fact]:
    """How the send went. An unknown or failed one is never repeated: where the page has not shown the call either, the next
    channel is tried, and after the last of them the deputy, when this lapses. Whoever was told to come after it was over hears
    that too."""
    call = find_call(look, command.call)
    about_call = command.attempt == call.attempt
    if not about_call or call.attempt_result is None:
        yield AttemptEnded(
            call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, channel=command.attempt.split("/")[1],
            attempt=command.attempt, about=command.about, result=command.result,
        )  # fmt: skip
    if about_call and command.result in ("failed", "unknown") and call.state is CallState.OPEN and call.seen_ms is None:
        yield from tuple(_next(call, command.result)) or lapsed(look, call, "not_reached")
    if about_call and command.result in ("sent", "unknown") and _must_hear_over(call):
        yield _over(call)
    if command.about in FOR_CREWS and command.result in ("failed", "unknown"):
        yield from _tell(call, command.about, command.of, behind=command.attempt.split("/")[1])


def see(look: Look, command: SeeCalls, moment: Moment) -> Iterator[Fact]:
    """Receipts come in bundles of one person's calls, or of simulated people's; one fact a mobilization. What is not theirs, or
    unknown, is passed over."""
    fresh: dict[str, list[str]] = {}
    for each in command.calls:
        call = look(f"call:{each}")
        if isinstance(call, Call) and call.seen_ms is None and _may_receipt(moment.actor, call):
            fresh.setdefault(call.mobilization, []).append(call.id)
    for mobilization, calls in fresh.items():
        yield Seen(mobilization=mobilization, calls=tuple(calls))


def _may_receipt(actor: str, call: Call) -> bool:
    return actor == f"person:{call.person}" or (actor == RECEIPTS and call.simulated)
