"""What mobilization does by itself: one event in, at most one command out, under its cause's authority.

Repeating a policy does nothing: its command id is made of the cause and the subject.
"""

import hashlib
from collections.abc import Callable, Iterable

from command.core.asks import Ask
from command.core.facts import Command, Event, Fact, Look
from command.tiers.divisions import above
from incidents import AUTOMATIC, Incident, StageChanged
from mobilization.commands import CallWave, StartAttempts
from mobilization.ending import mobilization_of
from mobilization.facts import StoodDown, WaveCalled, WaveWithdrawn
from mobilization.facts_calls import Answered, Progressed
from mobilization.folding import ASKS_FOR_WAVES
from mobilization.gates import VERDICTS
from mobilization.phones.states import is_tested
from mobilization.planning import Asking, Outlook, Plan, plan_wave
from mobilization.safety.commands import JoinOrders
from mobilization.safety.telling import TOLD_TO_CREWS, told_by
from mobilization.states import Call, Mobilization, Person
from mobilization.whynot import counts_of, pack

KeepBlob = Callable[[str, str, bytes], None]
"""(name, subject, plain bytes): sealed and stored on return. A list of reasons that a power cut takes along is a loss that the
next seconds can bear: what was decided, and the counts, stand in the log."""


def command_for(
    state: Mobilization, plan: Plan, *, rev: int, cause: str, keep: KeepBlob, kind: type[CallWave] = CallWave
) -> CallWave:
    """The wave as a command; the full why-not list goes to a sealed blob first, named by what is in it: a plan made again
    later, of a registry that has changed, writes beside it and never over it."""
    reasons = pack(plan.not_called)
    blob = f"why-{hashlib.sha256(f'{state.id} {cause} '.encode() + reasons).hexdigest()[:40]}"
    keep(blob, f"incident:{state.incident}", reasons)
    return kind(
        mobilization=state.id,
        calls=plan.calls,
        registry_rev=rev,
        why_not=counts_of(plan.not_called),
        why_blob=blob,
        gates=VERDICTS,
        short=plan.short,
    )


def _ask(event: Event, policy: str, subject: str, command: Command) -> Ask:
    return Ask(
        command=command, actor=f"policy:{policy}", command_id=f"{event.position:012d}/{policy}/{subject}",
        authority=event.authority, cause=event.position,
    )  # fmt: skip


def _call_out_of(fact: Fact | None) -> str:
    if isinstance(fact, StageChanged):
        return mobilization_of(fact.incident)
    return fact.mobilization if isinstance(fact, ASKS_FOR_WAVES) else ""


class WavePolicy:
    """Keeps enough offers open: after an order, a decline, a lapse, a seat given back, a plan that was overtaken; and looks
    again where a call-out is short and silent. Once the danger is under control it calls nobody by itself."""

    name = "waves"
    heeds: tuple[type[Fact], ...] = (*ASKS_FOR_WAVES, StageChanged)

    def __init__(self, *, look: Look, outlook: Callable[[], Outlook], keep: KeepBlob) -> None:
        self._look = look
        self._outlook = outlook
        self._keep = keep

    def follow(self, event: Event) -> Ask | None:
        state = self._look(f"mobilization:{_call_out_of(event.fact)}")
        if not isinstance(state, Mobilization) or state.over or not (state.is_short or state.may_seat_waiting):
            return None
        if event.position < state.moved_at:  # a later one asks as well: a wave of offers that lapse together is planned for once
            return None
        incident = self._look(f"incident:{state.incident}")
        if not isinstance(incident, Incident) or incident.stage not in AUTOMATIC:
            return None
        outlook = self._outlook()
        asking = Asking(self._look, now_ms=event.at_ms, wave_id=str(event.position))
        plan = plan_wave(state, incident, outlook, asking)
        if not plan.calls and not self._newly_short(state, plan):
            return None
        command = command_for(state, plan, rev=outlook.roster.rev, cause=str(event.position), keep=self._keep)
        return _ask(event, self.name, state.id, command)

    @staticmethod
    def _newly_short(state: Mobilization, plan: Plan) -> bool:
        """Short of something that the next tier was not asked for yet."""
        up = above(state.scope)
        return bool(set(plan.short) - {asked.speciality for asked in state.asked_up if asked.to == up})


class PagerPolicy:
    """Starts a message outside the house at once for those whose page is not awake, or whose phone was never heard to ring: that
    they are called, ordered something, called over or in danger, and, to whoever was to come, that they need not any more."""

    name = "pager"
    heeds: tuple[type[Fact], ...] = (WaveCalled, StoodDown, WaveWithdrawn, *TOLD_TO_CREWS)

    def __init__(self, *, look: Look, is_awake: Callable[[str], bool]) -> None:
        self._look, self._is_awake = look, is_awake

    def follow(self, event: Event) -> Ask | None:
        fact = event.fact
        if isinstance(fact, WaveCalled) and fact.channels:
            asleep = tuple(call.call for call in fact.calls if not (call.awake and self._was_heard(call.person, event.at_ms)))
            return _ask(event, self.name, fact.mobilization, StartAttempts(calls=asleep)) if asleep else None
        if isinstance(fact, StoodDown | WaveWithdrawn):
            waiting = tuple(call for call in fact.calls if self._should_hear(call))
            return _ask(event, self.name, fact.mobilization, StartAttempts(calls=waiting, about="over")) if waiting else None
        about, of, calls = told_by(fact, self._look) if fact is not None else ("", "", ())
        asleep = tuple(call for call in calls if self._sleeps(call, event.at_ms))
        return _ask(event, self.name, of, StartAttempts(calls=asleep, about=about, of=of)) if asleep else None

    def _sleeps(self, call: str, now_ms: int) -> bool:
        """Somebody who is out, whom the page will not wake, and whom a channel may reach."""
        state = self._look(f"call:{call}")
        if not isinstance(state, Call) or not state.channels:
            return False
        return not (self._is_awake(state.person) and self._was_heard(state.person, now_ms))

    def _was_heard(self, person: str, now_ms: int) -> bool:
        """Whether a phone of theirs was heard to ring in a self-test: a lit page alone may be mute."""
        state = self._look(f"person:{person}")
        return isinstance(state, Person) and is_tested(state.phones, now_ms)

    def _should_hear(self, call: str) -> bool:
        """Who was told to come, or said so, and is not looking at a page."""
        state = self._look(f"call:{call}")
        was_to_come = isinstance(state, Call) and (state.seated or state.waits or state.attempt_result in ("sent", "unknown"))
        return bool(isinstance(state, Call) and state.channels and was_to_come and not self._is_awake(state.person))


class OrdersPolicy:
    """A crew that gains seats is under the loud orders in force. `orders_of`: the orders of an incident, in their order."""

    name = "orders"
    heeds: tuple[type[Fact], ...] = (Answered, Progressed)

    def __init__(self, *, orders_of: Callable[[str], Iterable[str]], look: Look) -> None:
        self._look, self._orders_of = look, orders_of

    def follow(self, event: Event) -> Ask | None:
        fact = event.fact
        if not isinstance(fact, Answered | Progressed) or not fact.seated:
            return None
        call = self._look(f"call:{fact.call}")
        orders = tuple(self._orders_of(call.incident)) if isinstance(call, Call) else ()
        return _ask(event, self.name, fact.call, JoinOrders(call=fact.call, orders=orders)) if orders else None
