"""What can be recorded of one call: answers, who set out and arrived, messages outside; and of a person's availability."""

from typing import ClassVar

from command.core.facts import Fact
from mobilization.facts import keys_of


class _OfCall(Fact, frozen=True, kw_only=True):
    call: str
    mobilization: str
    person: str
    team: str

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization, calls=(self.call,), people=(self.person,), teams=(self.team,))


class Answered(_OfCall, frozen=True, kw_only=True):
    """A leader or deputy answered. An answer is always a fact, also when it loses.

    `result`: accepted, later, declined, standby, not_needed (over, or no longer needed), engaged (is elsewhere), team_answered,
    eta (on the way already: only the time of arrival is new), kept (what the desk noted was said before the leader's own
    answer, which stands). Of `heads` people `seated` hold seats from here on, `waits` stand by under `standby_no`;
    `confirmed`, `arrived`: those of them who set out, who are there. `late`: they stand by as they would come after the places are
    needed, and nearer ones may still say yes. `risks_read`: codes of the risk statement above the
    button that was tapped. `noted_by`: taken by telephone; `by`: how it came otherwise than by the leader's own page (sms, modem,
    voice, link); `disputed`: phone and desk tell it otherwise.
    """

    NAME: ClassVar[str] = "call.answered"
    speciality: str
    wave: int
    answer: str
    result: str
    heads: int = 0
    seated: int = 0
    confirmed: int = 0
    arrived: int = 0
    waits: int = 0
    standby_no: int | None = None
    late: bool = False
    eta_ms: int | None = None
    risks_read: tuple[str, ...] = ()
    noted_by: str = ""
    by: str = ""
    claimed_at_ms: int | None = None
    disputed: bool = False


class SeatsGained(_OfCall, frozen=True, kw_only=True):
    """Seats became free: more of a crew that is coming anyway have one now. `seated`, `waits`: from here on."""

    NAME: ClassVar[str] = "call.seats_gained"
    speciality: str
    seated: int
    waits: int
    standby_no: int | None


class Progressed(_OfCall, frozen=True, kw_only=True):
    """`did`: set_out, arrived, released (was there and may go home). `heads` people of the crew; `seated`, `confirmed`, `arrived`,
    `waits`: from here on; `served`: people released who were there."""

    NAME: ClassVar[str] = "call.progressed"
    speciality: str
    did: str
    heads: int
    seated: int
    confirmed: int
    arrived: int
    waits: int = 0
    served: int = 0
    noted_by: str = ""
    claimed_at_ms: int | None = None
    disputed: bool = False


class NamesGiven(_OfCall, frozen=True, kw_only=True):
    """The crew's names were given; they are sealed under the person who gave them. `confirmed`: from here on."""

    NAME: ClassVar[str] = "call.names_given"
    speciality: str
    count: int
    confirmed: int
    noted_by: str = ""


class Lapsed(_OfCall, frozen=True, kw_only=True):
    """The offer ended without an answer. `why`: silence, not_reached (no message went out), off_duty."""

    NAME: ClassVar[str] = "call.lapsed"
    speciality: str
    wave: int
    round: int
    why: str = "silence"


class Seen(Fact, frozen=True, kw_only=True):
    """These calls were on a lit screen. One fact for many, so that receipts do not flood the log."""

    NAME: ClassVar[str] = "calls.seen"
    mobilization: str
    calls: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return keys_of(calls=self.calls)


class AttemptStarted(_OfCall, frozen=True, kw_only=True):
    """A message outside the house is about to be sent; recorded before the send. `about`: call, over (stay at home), answer
    (what was understood of an answer by text), order, order_off (it was called off), roll or danger (ground was marked); `of`: the id of the order or of the ground, the number of the roll call."""

    NAME: ClassVar[str] = "attempt.started"
    channel: str
    attempt: str
    about: str = "call"
    of: str = ""


class AttemptEnded(_OfCall, frozen=True, kw_only=True):
    """`about`, as it was started. `result`: sent, failed, unknown (a start without an end after a restart: the next channel is
    used), or not_needed (the call had ended before it was sent)."""

    NAME: ClassVar[str] = "attempt.ended"
    channel: str
    attempt: str
    about: str
    result: str


class RingBegun(_OfCall, frozen=True, kw_only=True):
    """An officer opened the leader's number and rings by hand."""

    NAME: ClassVar[str] = "call.rung"
    by: str


class CalledAway(_OfCall, frozen=True, kw_only=True):
    """In an exercise: who was called is taken out of it, and the call ends for them; it was no refusal. Their seats are free again.
    `why`: real_work, withdrew (their consent)."""

    NAME: ClassVar[str] = "call.called_away"
    incident: str
    speciality: str
    why: str

    def keys(self) -> tuple[str, ...]:
        return (*super().keys(), f"incident:{self.incident}")


class AvailabilitySet(Fact, frozen=True, kw_only=True):
    """available, off_duty (until a time) or away. Off duty is in no call, ever. When the time has come it is set back by itself."""

    NAME: ClassVar[str] = "person.availability_set"
    person: str
    availability: str
    until_ms: int | None = None
    noted_by: str = ""

    def keys(self) -> tuple[str, ...]:
        return (f"person:{self.person}",)


CALL_FACTS: tuple[type[Fact], ...] = (
    Answered, SeatsGained, Progressed, NamesGiven, Lapsed, Seen, AttemptStarted, AttemptEnded, RingBegun, CalledAway, AvailabilitySet,
)  # fmt: skip
