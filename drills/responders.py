"""Simulated people: what each of them does next, and when, through the same commands as everyone. Labelled wherever it shows.

How they behave is data (`behaviour.py`); what one of them will do with a call is drawn once from its id and a seed
(`courses.py`); this file reads, from how a call, a roll call or an order stands, what comes next. Nothing here is sped up.
"""

from collections.abc import Callable
from typing import NamedTuple

from command.core.facts import Command
from drills.behaviour import BEHAVIOUR, Behaviour, Profile
from drills.courses import Course, course_of, order_course, roll_course
from geo import Trip
from mobilization import (
    LOST,
    ORDERS,
    SEATED,
    AnswerCall,
    AnswerRoll,
    Call,
    CallState,
    Mark,
    Order,
    ReceiptOrder,
    ReportProgress,
    Roll,
    SeeCalls,
)

BUNDLE_MS = 250
"""Receipts of one call-out go together, at the end of each quarter of a second."""
_DAY_MS, _MINUTE_MS = 86_400_000, 60_000
_REDRAWN = 7_368_787
"""From one seed to the next of people who are drawn anew."""
_WAITS = frozenset({CallState.OPEN, CallState.LAPSED})
_OUT = frozenset({CallState.SET_OUT, CallState.ARRIVED, CallState.STOOD_DOWN})

CUT_OFF = "cut_off"
"""The source of a way that only roads which are shut would lead along."""
Travel = Callable[[Call], Trip | None]
"""The way of a call's crew from its base to the incident as the roads are open when it sets out; None: as the plan reckoned."""
ProfileOf = Callable[[Call], str]


class Step(NamedTuple):
    """The next thing a simulated person does, and when. `id`: its command id, the same whenever it is repeated; `bundle`: the
    call-out whose receipts it may go together with, else empty; `recorded`: they really did so, and nothing disturbs it twice."""

    at_ms: int
    command: Command
    id: str
    actor: str
    bundle: str = ""
    recorded: bool = False


def usual_profile(call: Call) -> str:
    """Whoever comes alone is a person near by; a crew has a leader."""
    return "standing_team" if call.crew_max > 1 else "proximity_alert"


class Responders:
    """The simulated people of one realm. What it remembers follows from the calls it was shown: who was asked how often, and the
    way of each crew that set out. After a restart show it every call again by `heard`, in any order."""

    def __init__(
        self, *, seed: int, behaviour: Behaviour = BEHAVIOUR, profile_of: ProfileOf = usual_profile, travel: Travel | None = None
    ) -> None:
        self._seed, self._behaviour, self._profile_of, self._travel = seed, behaviour, profile_of, travel
        self._asked: dict[str, dict[str, int]] = {}
        self._courses: dict[str, tuple[int, Course]] = {}
        self._trips: dict[str, tuple[int, Trip | None]] = {}
        self._opened: dict[str, tuple[int, int]] = {}

    def heard(self, call: Call) -> None:
        """This person was called: it counts for the calls after it. `next_step` hears of its own call."""
        self._asked.setdefault(call.person, {})[call.id] = call.asked_ms

    def redrawn(self, number: int) -> "Responders":
        """The same people, of whom everything is drawn anew; 0: as it was."""
        twin = Responders(
            seed=self._seed + number * _REDRAWN, behaviour=self._behaviour, profile_of=self._profile_of, travel=self._travel
        )
        twin._asked, twin._trips, twin._opened = self._asked, self._trips, self._opened
        return twin

    def roads_opened(self, at_ms: int) -> list[str]:
        """Roads are open again, perhaps: the calls whose crews were cut off. They are looked at anew, and travel from now on."""
        freed = [name for name, (_, trip) in self._trips.items() if trip is not None and trip.source == CUT_OFF]
        for name in freed:
            set_out_ms, _ = self._trips.pop(name)
            self._opened[name] = set_out_ms, at_ms
        return freed

    def is_busy(self, call: Call) -> bool:
        """Whether this person may still have something to do with it."""
        return is_busy(call)

    def acts_on(self, _call: Call, _now_ms: int) -> None:
        """What was planned about this call comes up now."""

    def asked_for(self, _call: Call, _step: Step, _now_ms: int) -> bool:
        """What came up was asked for; whether to look again a moment later, as nothing may have come of it."""
        return False

    def course(self, call: Call) -> Course:
        """What this person will do with the call, as long as nobody changes it. Drawn when it is first asked for."""
        drawn_ms, drawn = self._courses.get(call.id, (None, None))
        if drawn is None or drawn_ms != call.asked_ms:
            drawn = self._drawn(call)
            self._courses[call.id] = call.asked_ms, drawn
        return drawn

    def _drawn(self, call: Call) -> Course:
        self.heard(call)
        since_ms = call.asked_ms - _DAY_MS
        before = sum(since_ms <= at_ms < call.asked_ms for at_ms in self._asked[call.person].values())
        crew = min(call.minimum_crew, call.crew_max), call.crew_max
        return course_of(
            call.id,
            call.person,
            crew=crew,
            asked_ms=call.asked_ms,
            asked_before=before,
            seed=self._seed,
            profile=self._profile(call),
        )

    def next_step(self, call: Call) -> Step | None:
        """What comes next with this call as it stands; None when nothing does by itself."""
        if call.state in _WAITS:
            return self._answer(call, self.course(call))
        if call.state in SEATED or (call.state is CallState.STOOD_DOWN and call.confirmed):
            return self._on_the_way(call, self.course(call))
        return None

    def _answer(self, call: Call, course: Course) -> Step | None:
        """Who looked at it answers, also after it ran out."""
        if call.state is CallState.OPEN and call.seen_ms is None and course.seen_ms is not None:
            at_ms = -(-(call.asked_ms + course.seen_ms) // BUNDLE_MS) * BUNDLE_MS
            bundle = call.mobilization if call.simulated else ""
            return Step(at_ms, SeeCalls(calls=(call.id,)), f"{call.asked_ms:013d}/{call.id}/seen", _person(call), bundle)
        if not course.answer:
            return None
        eta_min, heads = None, None if course.answer == "decline" else course.heads
        if course.answer == "later":
            way_ms = course.travel_ms(metres=call.distance_m, seconds=call.seconds_to)
            eta_min = max(round((course.later_ms + way_ms) / _MINUTE_MS), 1)
        command = AnswerCall(call=call.id, answer=course.answer, heads=heads, eta_min=eta_min, reason=course.reason)
        return Step(call.asked_ms + course.answer_ms, command, f"{call.asked_ms:013d}/{call.id}/answer", _person(call))

    def _on_the_way(self, call: Call, course: Course) -> Step | None:
        """Each report follows the one before it, as that was recorded."""
        since_ms = call.answered_ms if call.answered_ms is not None else call.asked_ms
        match call.state:
            case CallState.ACCEPTED:
                return self._report(call, course, "set_out", since_ms + course.turnout_ms)
            case CallState.LATER:
                return self._report(call, course, "set_out", since_ms + max(course.later_ms, course.turnout_ms))
            case CallState.SET_OUT:
                return self._coming(call, course, since_ms)
            case CallState.ARRIVED:
                shift_ms = self._behaviour.shift_ms(call.speciality, since_ms)
                return self._report(call, course, "released", since_ms + round(shift_ms * course.stays))
            case _:
                return self._report(call, course, "released", self._home_ms(call, course, since_ms))

    def _coming(self, call: Call, course: Course, set_out_ms: int) -> Step | None:
        """Who is cut off stands still until a road is open again."""
        way_ms = self._way_ms(call, course)
        if way_ms is None:
            return None
        of_ms, opened_ms = self._opened.get(call.id, (0, 0))
        since_ms = max(set_out_ms, opened_ms) if of_ms == set_out_ms else set_out_ms
        if course.back_at is not None:
            return self._report(call, course, "released", since_ms + round(way_ms * course.back_at))
        return self._report(call, course, "arrived", since_ms + way_ms + course.lost_ms)

    def _home_ms(self, call: Call, course: Course, since_ms: int) -> int:
        """Back the way it came: the whole of it, or as far as it had come."""
        over_ms, way_ms = call.over_ms or since_ms, course.travel_ms(metres=call.distance_m, seconds=call.seconds_to)
        if call.arrived:
            return over_ms + course.packing_ms + way_ms
        _, trip = self._trips.get(call.id, (0, None))
        if trip is not None and trip.source == CUT_OFF:
            return over_ms  # it never got away
        return over_ms + min(over_ms - since_ms, way_ms)

    def _way_ms(self, call: Call, course: Course) -> int | None:
        """As the roads were when this crew was first looked at after it set out. None: it is cut off."""
        set_out_ms, trip = self._trips.get(call.id, (None, None))
        if self._travel is not None and set_out_ms != call.answered_ms:
            trip = self._travel(call)
            self._trips[call.id] = call.answered_ms or 0, trip
        if trip is not None and trip.source == CUT_OFF:
            return None
        if trip is None:
            return course.travel_ms(metres=call.distance_m, seconds=call.seconds_to)
        return course.travel_ms(metres=trip.metres, seconds=trip.seconds)

    def _report(self, call: Call, course: Course, did: str, at_ms: int) -> Step:
        sent_ms, claimed_ms = _sent(call, course, at_ms)
        command = ReportProgress(call=call.id, did=did, claimed_at_ms=claimed_ms)
        return Step(sent_ms, command, f"{call.answered_ms or 0:013d}/{call.id}/{did}", _person(call))

    def roll_step(self, call: Call, roll: Roll) -> Step | None:
        """Who of this crew is reported next: those in sight at once, the others as they are found. A leader who does not look says
        nothing."""
        row = roll.rows.get(call.id)
        if row is None or not roll.is_open or call.state not in _OUT:
            return None
        name, profile = f"{roll.incident}/{roll.number}", self._profile(call)
        drawn = roll_course(name, call.id, people=row.people, seed=self._seed, profile=profile)
        silent = [no for no in range(1, row.people + 1) if no not in row.marks or row.marks[no].state == LOST]
        if drawn.answer_ms is None or not silent:
            return None
        due = {no: drawn.answer_ms + drawn.unseen.get(no, 0) for no in silent}
        first_ms = min(due.values())
        marks = tuple(Mark(no=no, state="hurt" if no in drawn.hurt else "safe") for no in silent if due[no] == first_ms)
        at_ms, claimed_ms = _sent(call, self.course(call), roll.opened_ms + first_ms)
        numbers = "-".join(str(mark.no) for mark in marks)
        id_ = f"{roll.opened_ms:013d}/{call.id}/roll/{roll.number}/{numbers}"
        return Step(at_ms, AnswerRoll(call=call.id, marks=marks, claimed_at_ms=claimed_ms), id_, _person(call))

    def order_step(self, call: Call, order: Order) -> Step | None:
        """Received, then done or cannot; of some nothing more is heard."""
        held = order.receipts.get(call.id)
        if held is None or order.called_off_ms is not None or held.said not in ("", "received"):
            return None
        drawn = order_course(order.id, call.id, seed=self._seed, profile=self._profile(call), loud=ORDERS[order.kind].loud)
        if not held.said and drawn.receipt_ms is not None:
            said, at_ms = "received", order.given_ms + drawn.receipt_ms
        elif held.said and drawn.comes_to:
            said, at_ms = drawn.comes_to, (held.at_ms or order.given_ms) + drawn.work_ms
        else:
            return None
        at_ms, claimed_ms = _sent(call, self.course(call), at_ms)
        command = ReceiptOrder(order=order.id, call=call.id, receipt=said, claimed_at_ms=claimed_ms)
        return Step(at_ms, command, f"{order.given_ms:013d}/{order.id}/{call.id}/{said}", _person(call))

    def _profile(self, call: Call) -> Profile:
        return self._behaviour.profiles[self._profile_of(call)]


def _sent(call: Call, course: Course, at_ms: int) -> tuple[int, int | None]:
    """When it can be sent: while the radio fails, what was to be said waits, and says then when it was."""
    begins_ms = call.asked_ms + course.quiet[0]
    ends_ms = begins_ms + course.quiet[1]
    return (ends_ms, at_ms) if begins_ms <= at_ms < ends_ms else (at_ms, None)


def _person(call: Call) -> str:
    return f"person:{call.person}"


def is_busy(call: Call) -> bool:
    """Whether a simulated person may still have something to do with it."""
    return call.state in _WAITS or call.state in SEATED or call.state is CallState.STOOD_DOWN
