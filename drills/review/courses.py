"""How the call-out of each incident went: who was called when, who saw, accepted, arrived. Folded from the log once; pure."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from command.core.facts import Event
from drills.measures.temporal import Spread, spread
from drills.review.shape import LonLat
from incidents import Closed, Raised
from mobilization import Answered, Ordered, Progressed, SeatsGained, Seen, StoodDown, WaveCalled


class CallCourse(msgspec.Struct, kw_only=True):
    """One call. Times: milliseconds since 1970 UTC, None: never. `there`: people of it on the spot, most at once."""

    call: str
    wave: int
    chance: float
    called_ms: int
    home: LonLat
    seen_ms: int | None = None
    accepted_ms: int | None = None
    arrived_ms: int | None = None
    seated: int = 0
    there: int = 0


class Course(msgspec.Struct, kw_only=True):
    """One incident. Steps are (at_ms, position, people): what stood from then on. `full_ms`: when every minimum was promised first;
    `why_not`: counts by reason of those not called, of the first wave."""

    incident: str
    name: str
    category: str
    place: LonLat
    raised_ms: int
    raised_at: int
    ordered_ms: int | None = None
    least: int = 0
    calls: dict[str, CallCourse] = msgspec.field(default_factory=dict)
    waves: dict[tuple[int, int], int] = msgspec.field(default_factory=dict)
    first_wave: tuple[int, int] | None = None
    why_not: dict[str, int] = msgspec.field(default_factory=dict)
    accepted: list[tuple[int, int, int]] = msgspec.field(default_factory=list)
    arrived: list[tuple[int, int, int]] = msgspec.field(default_factory=list)
    seen: list[tuple[int, int, int]] = msgspec.field(default_factory=list)
    stood_down: tuple[int, int] | None = None
    closed_ms: int | None = None

    @property
    def full(self) -> tuple[int, int] | None:
        """When, and by which event, as many had promised as were needed at least."""
        return next(((at_ms, position) for at_ms, position, people in self.accepted if self.least and people >= self.least), None)


class WaveCourse(NamedTuple):
    wave: int
    called: int
    seeing: Spread | None
    accepting: Spread | None
    arriving: Spread | None


class Courses:
    """A projection: `by_incident` in the order in which they were raised."""

    def __init__(self) -> None:
        self.by_incident: dict[str, Course] = {}
        self._of_call: dict[str, str] = {}
        self._of_mobilization: dict[str, str] = {}

    def follow(self, event: Event) -> None:
        match event.fact:
            case Raised() as fact:
                self.by_incident[fact.incident] = Course(
                    incident=fact.incident, name=fact.name, category=fact.category, place=(fact.place.lon, fact.place.lat),
                    raised_ms=event.at_ms, raised_at=event.position,
                )  # fmt: skip
            case Ordered() as fact:
                self._of_mobilization[fact.mobilization] = fact.incident
                course = self.by_incident[fact.incident]
                course.ordered_ms = course.ordered_ms or event.at_ms
                course.least = sum(need.minimum for need in fact.needs)
            case WaveCalled() as fact:
                self._wave(fact, event)
            case Seen(calls=calls):
                for each in calls:
                    self._seen(each, event)
            case Answered() | SeatsGained() | Progressed() as fact:
                self._moved(fact, event)
            case StoodDown(incident=incident):
                self.by_incident[incident].stood_down = (event.at_ms, event.position)
            case Closed(incident=incident) if incident in self.by_incident:
                self.by_incident[incident].closed_ms = event.at_ms
            case _:
                pass

    def _wave(self, fact: WaveCalled, event: Event) -> None:
        course = self.by_incident[fact.incident]
        course.waves[fact.round, fact.wave] = event.position
        if course.first_wave is None and fact.calls:
            course.first_wave, course.why_not = (event.at_ms, event.position), fact.why_not
        for call in fact.calls:
            self._of_call[call.call] = fact.incident
            course.calls[call.call] = CallCourse(
                call=call.call, wave=fact.wave, chance=call.chance, called_ms=event.at_ms, home=(call.from_lon, call.from_lat)
            )

    def _seen(self, call: str, event: Event) -> None:
        course, found = self._find(call)
        if course is not None and found is not None and found.seen_ms is None:
            found.seen_ms = event.at_ms
            course.seen.append((event.at_ms, event.position, sum(c.seen_ms is not None for c in course.calls.values())))

    def _moved(self, fact: Answered | SeatsGained | Progressed, event: Event) -> None:
        course, found = self._find(fact.call)
        if course is None or found is None:
            return
        was = found.seated
        found.seated = fact.seated
        if fact.seated and found.accepted_ms is None:
            found.accepted_ms = event.at_ms
        if was != found.seated:
            course.accepted.append((event.at_ms, event.position, sum(call.seated for call in course.calls.values())))
        if isinstance(fact, Progressed) and fact.arrived > found.there:
            found.there = fact.arrived
            found.arrived_ms = found.arrived_ms or event.at_ms
            course.arrived.append((event.at_ms, event.position, sum(call.there for call in course.calls.values())))

    def _find(self, call: str) -> tuple[Course | None, CallCourse | None]:
        course = self.by_incident.get(self._of_call.get(call, ""))
        return course, None if course is None else course.calls.get(call)


def waves_of(course: Course) -> Iterator[WaveCourse]:
    """Each wave with how long its people took to see, accept and arrive, after they were called."""
    for number in sorted({call.wave for call in course.calls.values()}):
        calls = [call for call in course.calls.values() if call.wave == number]
        yield WaveCourse(
            number, len(calls),
            spread(call.seen_ms - call.called_ms for call in calls if call.seen_ms is not None),
            spread(call.accepted_ms - call.called_ms for call in calls if call.accepted_ms is not None),
            spread(call.arrived_ms - call.called_ms for call in calls if call.arrived_ms is not None),
        )  # fmt: skip


class Key(NamedTuple):
    """The figures by which drills are told apart; the median over the incidents of a log. Seconds; shares of 1; None: never."""

    first_wave_s: float | None
    first_accept_s: float | None
    full_s: float | None
    first_arrival_s: float | None
    accepting: float | None
    surplus: float | None


def key_figures(courses: Courses) -> Key:
    """`first_wave_s` from the report to the first call; the others from the first call. `accepting`: of those called, who accepted;
    `surplus`: of those who arrived, who were more than the least that was needed."""
    found = [course for course in courses.by_incident.values() if course.first_wave is not None]
    return Key(
        _median([(c.first_wave[0] - c.raised_ms) / 1000 for c in found if c.first_wave]),
        _median([(min(s) - c.first_wave[0]) / 1000 for c in found if c.first_wave and (s := _times(c, "accepted_ms"))]),
        _median([(c.full[0] - c.first_wave[0]) / 1000 for c in found if c.first_wave and c.full]),
        _median([(min(s) - c.first_wave[0]) / 1000 for c in found if c.first_wave and (s := _times(c, "arrived_ms"))]),
        _median([len(_times(c, "accepted_ms")) / len(c.calls) for c in found if c.calls]),
        _median([max(there - c.least, 0) / there for c in found if (there := max((n for *_, n in c.arrived), default=0))]),
    )  # fmt: skip


def _times(course: Course, field: str) -> list[int]:
    return [at for call in course.calls.values() if (at := getattr(call, field)) is not None]


def _median(values: list[float]) -> float | None:
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
