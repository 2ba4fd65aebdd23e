"""What officers did in the record, as intents: in a branch they are asked for again at their times, where they still make sense. What
bears on nobody's coming (responses, warnings, photographs, services informed) is left out. See ADR 0021."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from command.core.facts import Authority, Command, Event, Fact
from drills.conduct import (
    BindIncident,
    Bound,
    CalledToRealWork,
    DrillEnded,
    DrillStopped,
    EndDrill,
    Hold,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Release,
    Skip,
    StandAllDown,
    StopDrill,
    TakeOut,
)
from incidents import (
    ChangeSeverity,
    ChangeStage,
    ChangeZone,
    Closed,
    Disposed,
    DisposeIncident,
    HandBackOffered,
    HandBackWithdrawn,
    LeadAsked,
    LeadHandedBack,
    LeadTaken,
    LiftZone,
    MarkZone,
    Merged,
    NeedsSet,
    PassLead,
    PlaceSet,
    Raised,
    RaiseIncident,
    Reversed,
    ReverseIncident,
    SetNeeds,
    SetPlace,
    StageChanged,
    Verified,
    VerifyIncident,
    ZoneChanged,
    ZoneLifted,
    ZoneMarked,
)
from incidents.facts import SeverityChanged
from mobilization import (
    AcknowledgeDanger,
    Amended,
    AvailabilitySet,
    CallOffOrder,
    CloseIncident,
    CloseRoll,
    GiveOrder,
    MergeIncidents,
    OpenRoll,
    OrderAsked,
    OrderCall,
    Ordered,
    OrderGiven,
    RaiseAndOrder,
    ResolveSos,
    SetAvailability,
    StandDown,
    StoodDown,
    TakeSos,
    WaveCalled,
    WaveWithdrawn,
    WithdrawWave,
    mobilization_of,
)
from mobilization.safety.facts import RollClosed, RollOpened, SosResolved, SosTaken
from mobilization.safety.facts_orders import DangerAcknowledged, OrderCalledOff

FRESH = 1 << 53
"""Whoever did it had the newest screen."""
_SEALED = "—"
"""Stands for words that are sealed in the record."""
_BY_ITSELF = ("person:", "policy:", "deadline", "core", "simulated:receipts", "simulated:gateway", "simulated:what-if")
"""Actors whose doing follows by itself in a branch, or from what its people do."""
_MINUTE_MS = 60_000


class NextOnes(NamedTuple):
    """An officer's next wave: so many calls of each speciality. Whom it calls, the branch plans."""

    mobilization: str
    counts: Mapping[str, int]


class ToTeams(NamedTuple):
    """An order to these teams and no others."""

    order: GiveOrder
    teams: frozenset[str]


Intent = Command | NextOnes | ToTeams


class Act(NamedTuple):
    """`incident`: that it is about, where it is an officer's wave."""

    position: int
    at_ms: int
    actor: str
    authority: Authority | None
    intent: Intent
    incident: str = ""


def act_of(group: Sequence[Event], *, to_all: bool = True) -> Act | None:
    """Of the facts of one command. None: it follows by itself, or bears on nobody. `to_all`: an order went to every crew there was."""
    first = group[0]
    if (own := _of_person(first)) is not None:
        return Act(first.position, first.at_ms, f"person:{own.person}", None, own)
    if (follows := _of_policy(group)) is not None:
        return Act(first.position, first.at_ms, first.actor, None, follows)
    if first.actor.startswith(_BY_ITSELF):
        return None
    facts = {type(event.fact): event.fact for event in reversed(group) if event.fact is not None}
    intent = _raised(facts) or next((make(facts[kind], first) for kind, make in _INTENTS if kind in facts), None)
    if isinstance(intent, GiveOrder) and not to_all:
        intent = ToTeams(intent, frozenset(crew.team for crew in facts[OrderGiven].crews))  # type: ignore[attr-defined]
    if intent is None:
        return None
    wave = facts.get(WaveCalled)
    return Act(
        first.position, first.at_ms, first.actor, first.authority, intent, wave.incident if isinstance(wave, WaveCalled) else ""
    )


def _of_person(event: Event) -> SetAvailability | None:
    """Being available or not is people's own, by the clock and not by a call; whoever noted it. Coming back when it is time falls due in
    the branch as well."""
    fact = event.fact
    if not isinstance(fact, AvailabilitySet) or event.actor == "deadline":
        return None
    return SetAvailability(person=fact.person, availability=fact.availability, until_ms=fact.until_ms)


def _of_policy(group: Sequence[Event]) -> Command | None:
    """What follows by itself in a drill, and has nobody in a branch who would follow it."""
    if not group[0].actor.startswith("policy:"):
        return None
    bound = next((event.fact for event in group if isinstance(event.fact, Bound)), None)
    if bound is not None:
        return BindIncident(name=bound.name, incident=bound.incident)
    if group[0].actor == "policy:stopping":
        downs = (event.fact for event in group)
        return StandAllDown(mobilizations=tuple(fact.mobilization for fact in downs if isinstance(fact, StoodDown)))
    return None


def _raised(facts: Mapping[type[Fact], Fact]) -> Command | None:
    fact, needs = facts.get(Raised), facts.get(NeedsSet)
    if not isinstance(fact, Raised):
        return None
    raising = RaiseIncident(
        incident=fact.incident, category=fact.category, severity=fact.severity, name=fact.name, place=fact.place, source=fact.source,
        mode=fact.mode, lead=fact.lead, needs=needs.needs if isinstance(needs, NeedsSet) else (), verify=Verified in facts,
    )  # fmt: skip
    ordered = facts.get(Ordered) or facts.get(OrderAsked)
    if not isinstance(ordered, Ordered | OrderAsked):
        return raising
    channels, by_order = (ordered.channels, ordered.by_order) if isinstance(ordered, Ordered) else ((), None)
    return RaiseAndOrder(raising=raising, mobilization=mobilization_of(fact.incident), channels=channels, by_order=by_order)


def _called_out(fact: Ordered | Amended | OrderAsked, _event: Event) -> Command:
    channels = fact.channels if isinstance(fact, Ordered) else ()
    by_order = None if isinstance(fact, OrderAsked) else fact.by_order
    return OrderCall(
        mobilization=mobilization_of(fact.incident),
        incident=fact.incident,
        needs=fact.needs,
        channels=channels,
        by_order=by_order,
    )


def _next_ones(fact: WaveCalled, _event: Event) -> NextOnes:
    counts: dict[str, int] = {}
    for call in fact.calls:
        counts[call.speciality] = counts.get(call.speciality, 0) + 1
    return NextOnes(fact.mobilization, counts)


def _zone(kind: type[MarkZone] | type[ChangeZone]) -> Callable[[Any, Event], Command]:
    names = [name for name in kind.__struct_fields__ if name not in ("said_by", "said_on")]
    return lambda fact, _event: kind(**{name: getattr(fact, name) for name in names})


def _lead(act: str) -> Callable[[Any, Event], Command]:
    def passed(fact: Any, _event: Event) -> Command:
        to = fact.to if act in ("ask", "offer_back") else ""
        return PassLead(incident=fact.incident, act=act, by_order=fact.by_order, reason="", to=to)

    return passed


def _roll(fact: RollOpened, event: Event) -> Command:
    return OpenRoll(incident=fact.incident, due_min=max((fact.due_ms - event.at_ms) // _MINUTE_MS, 1))


def _order(fact: OrderGiven, event: Event) -> Command:
    due_min = max((fact.due_ms - event.at_ms) // _MINUTE_MS, 1)
    return GiveOrder(order=fact.order, incident=fact.incident, kind=fact.kind, words=_SEALED, due_min=due_min)


_INTENTS: Sequence[tuple[type[Fact], Callable[[Any, Event], Intent | None]]] = (
    (Closed, lambda fact, _: CloseIncident(incident=fact.incident)),
    (Disposed, lambda fact, _: DisposeIncident(incident=fact.incident, stage=fact.stage, reason=_SEALED)),
    (Merged, lambda fact, _: MergeIncidents(incident=fact.incident, into=fact.into)),
    (Reversed, lambda fact, _: ReverseIncident(incident=fact.incident)),
    (CalledToRealWork, lambda fact, _: TakeOut(person=fact.person, why=fact.why)),
    (Ordered, _called_out),
    (Amended, _called_out),
    (OrderAsked, _called_out),
    (NeedsSet, lambda fact, _: SetNeeds(incident=fact.incident, needs=fact.needs, screen_position=FRESH)),
    (StageChanged, lambda fact, _: ChangeStage(incident=fact.incident, stage=fact.stage, screen_position=FRESH)),
    (SeverityChanged, lambda fact, _: ChangeSeverity(incident=fact.incident, severity=fact.severity, screen_position=FRESH)),
    (PlaceSet, lambda fact, _: SetPlace(incident=fact.incident, place=fact.place, screen_position=FRESH)),
    (Verified, lambda fact, _: VerifyIncident(incident=fact.incident)),
    (WaveCalled, _next_ones),
    (WaveWithdrawn, lambda fact, _: WithdrawWave(mobilization=fact.mobilization, wave=fact.wave)),
    (StoodDown, lambda fact, _: StandDown(mobilization=fact.mobilization, why=fact.why)),
    (LeadAsked, _lead("ask")),
    (LeadTaken, _lead("take_over")),
    (HandBackOffered, _lead("offer_back")),
    (HandBackWithdrawn, _lead("withdraw")),
    (LeadHandedBack, _lead("accept_back")),
    (ZoneMarked, _zone(MarkZone)),
    (ZoneChanged, _zone(ChangeZone)),
    (ZoneLifted, lambda fact, _: LiftZone(zone=fact.zone)),
    (RollOpened, _roll),
    (RollClosed, lambda fact, _: CloseRoll(incident=fact.incident, reason=_SEALED)),
    (OrderGiven, _order),
    (OrderCalledOff, lambda fact, _: CallOffOrder(order=fact.order)),
    (DangerAcknowledged, lambda fact, _: AcknowledgeDanger(danger=fact.danger)),
    (SosResolved, lambda fact, _: ResolveSos(person=fact.person, words=_SEALED)),
    (SosTaken, lambda fact, _: TakeSos(person=fact.person)),
    (InjectReleased, lambda fact, _: Release(no=fact.no)),
    (InjectHeld, lambda fact, _: Hold(no=fact.no)),
    (InjectSkipped, lambda fact, _: Skip(no=fact.no)),
    (DrillStopped, lambda fact, _: StopDrill(words=fact.words)),
    (DrillEnded, lambda fact, _: EndDrill(why=fact.why)),
)
"""By the first of these that is among the facts of a command."""
