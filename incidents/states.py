"""The state of an incident and of a response, folded from their facts."""

from enum import StrEnum

import msgspec

from command.core.facts import Event, Kind
from incidents.facts import (
    AlarmAcknowledged,
    ByOrder,
    Closed,
    Disposed,
    HandBackOffered,
    HandBackWithdrawn,
    LeadAsked,
    LeadHandedBack,
    LeadTaken,
    LevelChanged,
    Merged,
    Need,
    NeedsSet,
    PhotoAdded,
    Place,
    PlaceSet,
    Raised,
    ResponseEnded,
    ResponseStarted,
    Reversed,
    Reviewed,
    ServicesInformed,
    SeverityChanged,
    StageChanged,
    Verified,
)


class Stage(StrEnum):
    """The life of an incident. Levels of response are no stages."""

    REPORTED = "reported"
    VERIFIED = "verified"
    ACTING = "acting"
    STABILISED = "stabilised"
    DEMOBILISING = "demobilising"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    FALSE_ALARM = "false_alarm"
    HANDED_OVER = "handed_over"
    MERGED = "merged"
    ENTERED_IN_ERROR = "entered_in_error"


AUTOMATIC = frozenset({Stage.VERIFIED, Stage.ACTING})
"""While it is so, waves follow by themselves; once the danger is under control an officer calls, or nobody."""
OPEN = frozenset({Stage.REPORTED, Stage.VERIFIED, Stage.ACTING, Stage.STABILISED, Stage.DEMOBILISING})
DISPOSALS = frozenset({Stage.FALSE_ALARM, Stage.HANDED_OVER, Stage.ENTERED_IN_ERROR})


class Informed(msgspec.Struct, frozen=True, kw_only=True):
    """A service outside that knows: since when, and who saw to it."""

    service: str
    at_ms: int
    by: str


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One incident. `changed_at` is the position at which an editor's screen must not be behind. `lead_taken`: a tier above has
    taken the lead (the lead by default binds nobody). `heard_by`: the posts whose officers know of it. `placed_ms`: when the place was
    last set or put right."""

    id: str
    category: str
    severity: int
    name: str
    place: Place
    source: str
    mode: str
    happened_ms: int
    learned_ms: int
    entered_ms: int
    lead: str
    stage: Stage = Stage.REPORTED
    verified: bool = False
    needs: tuple[Need, ...] = ()
    merged_into: str | None = None
    merged_here: tuple[str, ...] = ()
    stage_before: Stage | None = None
    ended_ms: int | None = None
    lead_taken: bool = False
    asked_take_over: str | None = None
    hand_back_to: str | None = None
    photos: tuple[str, ...] = ()
    heard_by: tuple[str, ...] = ()
    informed: tuple[Informed, ...] = ()
    placed_ms: int | None = None
    changed_at: int = 0

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def division(self) -> str:
        """The lowest division known."""
        return self.place.path[-1]


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The activation of one post. `post`: who started it; `by_order`: whose order its level rests on now; `term_h`: hours
    expected."""

    id: str
    post: str
    division: str
    category: str
    level: int
    term_h: int
    by_order: ByOrder
    started_ms: int
    ended_ms: int | None = None


def _raised(fact: Raised, event: Event) -> Incident:
    return Incident(
        id=fact.incident, category=fact.category, severity=fact.severity, name=fact.name, place=fact.place,
        source=fact.source, mode=fact.mode, happened_ms=event.happened_ms, learned_ms=event.learned_ms,
        entered_ms=event.at_ms, lead=fact.lead, changed_at=event.position,
        heard_by=(event.authority.post,) if event.authority else (),
    )  # fmt: skip


def evolve_incident(state: Incident | None, event: Event) -> Incident | None:
    """Pure; facts of other rooms filed under an incident change nothing here."""
    if isinstance(event.fact, Raised):
        return _raised(event.fact, event)
    if state is None:
        return None
    if isinstance(event.fact, AlarmAcknowledged):  # no change that an editor must have seen
        return msgspec.structs.replace(state, heard_by=(*state.heard_by, event.fact.post))
    changes = _changes(state, event)
    return msgspec.structs.replace(state, changed_at=event.position, **changes) if changes else state


def _changes(state: Incident, event: Event) -> dict[str, object]:  # noqa: PLR0911, PLR0912 -- one line a fact
    match event.fact:
        case Verified():
            return {"verified": True, "stage": Stage.VERIFIED if state.stage is Stage.REPORTED else state.stage}
        case StageChanged(stage=stage):
            return {"stage": Stage(stage)}
        case SeverityChanged(severity=severity):
            return {"severity": severity}
        case NeedsSet(needs=needs):
            return {"needs": needs}
        case PlaceSet(place=place, lead=lead):
            passed = {} if lead == state.lead else {"lead": lead, "asked_take_over": None, "hand_back_to": None}
            return {"place": place, "placed_ms": event.at_ms, **passed}
        case ServicesInformed(services=services):
            told = (Informed(service=service, at_ms=event.happened_ms, by=event.actor) for service in services)
            return {"informed": (*state.informed, *told)}
        case Disposed(stage=stage):
            return {"stage": Stage(stage), "stage_before": state.stage, "ended_ms": event.at_ms}
        case Merged(incident=incident, into=into) if into == state.id:
            return {"merged_here": (*state.merged_here, incident)}
        case Merged(into=into):
            return {"stage": Stage.MERGED, "stage_before": state.stage, "merged_into": into, "ended_ms": event.at_ms}
        case Reversed(incident=incident, into=into) if into == state.id:
            return {"merged_here": tuple(each for each in state.merged_here if each != incident)}
        case Reversed(stage=stage):
            return {"stage": Stage(stage), "stage_before": None, "merged_into": None, "ended_ms": None}
        case Closed():
            return {"stage": Stage.CLOSED, "ended_ms": event.at_ms}
        case Reviewed():
            return {"stage": Stage.REVIEWED}
        case PhotoAdded(photo=photo):
            return {"photos": (*state.photos, photo)}
        case LeadAsked(to=to):
            return {"asked_take_over": to}
        case LeadTaken(to=to):
            return {"lead": to, "lead_taken": True, "asked_take_over": None, "hand_back_to": None}
        case LeadHandedBack(to=to):
            return {"lead": to, "lead_taken": False, "asked_take_over": None, "hand_back_to": None}
        case HandBackOffered(to=to):
            return {"hand_back_to": to}
        case HandBackWithdrawn():
            return {"hand_back_to": None}
        case _:
            return {}


def evolve_response(state: Response | None, event: Event) -> Response | None:
    match event.fact:
        case ResponseStarted() as fact:
            return Response(
                id=fact.response, post=event.authority.post if event.authority else fact.division, division=fact.division, category=fact.category, level=fact.level,
                term_h=fact.term_h, by_order=fact.by_order, started_ms=event.at_ms,
            )  # fmt: skip
        case LevelChanged(level=level, by_order=by_order) if state is not None:
            return msgspec.structs.replace(state, level=level, by_order=by_order)
        case ResponseEnded() if state is not None:
            return msgspec.structs.replace(state, ended_ms=event.at_ms)
        case _:
            return state


KINDS = (Kind("incident", evolve_incident), Kind("response", evolve_response))
