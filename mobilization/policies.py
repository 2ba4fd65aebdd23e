"""What mobilization does by itself: one event in, at most one command out, under its cause's authority.

Repeating a policy does nothing: its command id is made of the cause and the subject.
"""

import hashlib
from collections import Counter
from collections.abc import Callable

import msgspec

from command.core.asks import Ask
from command.core.facts import Command, Event, Fact, Look
from incidents import Incident
from mobilization.commands import CallWave, StartAttempts
from mobilization.facts import Amended, Answered, Lapsed, Ordered, WaveCalled
from mobilization.gates import VERDICTS
from mobilization.planning import Outlook, Plan, plan_wave
from mobilization.states import Mobilization

KeepBlob = Callable[[str, str, bytes], None]
"""(name, subject, plain bytes): sealed and durable on return."""


def command_for(state: Mobilization, plan: Plan, *, rev: int, cause: int, keep: KeepBlob) -> CallWave:
    """The wave as a command; the full why-not list goes to a sealed blob first, named by what is in it: a plan made again
    later, of a registry that has changed, writes beside it and never over it."""
    reasons = msgspec.json.encode(plan.why_not)
    blob = f"why-{cause}-{hashlib.sha256(reasons).hexdigest()[:16]}-{state.id}"
    keep(blob, f"incident:{state.incident}", reasons)
    counts = dict(sorted(Counter(row.reason for row in plan.why_not).items()))
    return CallWave(
        mobilization=state.id, calls=plan.calls, registry_rev=rev, why_not=counts, why_blob=blob, gates=VERDICTS, short=plan.short
    )


def _ask(event: Event, policy: str, subject: str, command: Command) -> Ask:
    return Ask(
        command=command, actor=f"policy:{policy}", command_id=f"{event.position:012d}/{policy}/{subject}",
        authority=event.authority, cause=event.position,
    )  # fmt: skip


class WavePolicy:
    """Keeps enough offers open: after an order, a decline, a lapse, or a seat given back."""

    name = "waves"
    heeds: tuple[type[Fact], ...] = (Ordered, Amended, Answered, Lapsed)

    def __init__(self, *, look: Look, outlook: Callable[[], Outlook], keep: KeepBlob) -> None:
        self._look = look
        self._outlook = outlook
        self._keep = keep

    def follow(self, event: Event) -> Ask | None:
        fact = event.fact
        if not isinstance(fact, Ordered | Amended | Answered | Lapsed):
            return None
        state = self._look(f"mobilization:{fact.mobilization}")
        if not isinstance(state, Mobilization) or state.over:
            return None
        incident = self._look(f"incident:{state.incident}")
        if not isinstance(incident, Incident) or not incident.is_open:
            return None
        outlook = self._outlook()
        plan = plan_wave(state, incident, outlook, look=self._look, now_ms=event.at_ms, cause=event.position)
        if not plan.calls and not self._newly_short(state, plan):
            return None
        command = command_for(state, plan, rev=outlook.roster.rev, cause=event.position, keep=self._keep)
        return _ask(event, self.name, state.id, command)

    @staticmethod
    def _newly_short(state: Mobilization, plan: Plan) -> bool:
        return bool(set(plan.short) - {asked.speciality for asked in state.asked_up})


class PagerPolicy:
    """Starts a message outside the house at once for those whose page was not awake when called."""

    name = "pager"
    heeds: tuple[type[Fact], ...] = (WaveCalled,)

    def follow(self, event: Event) -> Ask | None:
        fact = event.fact
        if not isinstance(fact, WaveCalled) or not fact.channels:
            return None
        asleep = tuple(call.call for call in fact.calls if not call.awake)
        return _ask(event, self.name, fact.mobilization, StartAttempts(calls=asleep)) if asleep else None
