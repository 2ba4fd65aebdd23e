"""Decisions about orders to crews and what they report: both ways, each with its receipt."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.divisions import covers, tier_of
from incidents import PhotoAdded, acts_on, check_lead, find
from mobilization.claims import claim_of
from mobilization.ending import mobilization_of
from mobilization.finding import find_call, find_own_call, sealed_words
from mobilization.safety.commands import (
    AcknowledgeDanger,
    AddDangerPhoto,
    CallOffOrder,
    GiveOrder,
    JoinOrders,
    MissOrder,
    ReceiptOrder,
    ReportDanger,
)
from mobilization.safety.crews import people_out
from mobilization.safety.facts_orders import (
    DangerAcknowledged,
    DangerReported,
    OrderCalledOff,
    OrderGiven,
    OrderJoined,
    OrderOverdue,
    OrderReceipted,
    Told,
)
from mobilization.safety.states import Danger, Order
from mobilization.safety.table import DANGERS, ORDERS
from mobilization.states import SEATED, Call, Mobilization

_MINUTE_MS = 60_000
_RECEIPTS = frozenset({"received", "done", "cannot"})
DUE_MOST_MIN = 120


def give_order(look: Look, command: GiveOrder, moment: Moment) -> Iterator[Fact | Sealed]:
    """To crews that are coming or out; one that is neither is refused, so that nobody believes it was told."""
    incident = find(look, command.incident)
    check_lead(acts_on(moment.authority, incident.place), incident)
    if command.kind not in ORDERS or not 1 <= command.due_min <= DUE_MOST_MIN:
        raise Refused("order.kind")
    if command.kind == "other" and not command.words.strip():
        raise Refused("order.words")
    reached = {call.id: call for call in _reached(look, mobilization_of(incident.id))}
    chosen = [reached.get(each) for each in command.calls] if command.calls else list(reached.values())
    crews = tuple(Told(call=call.id, person=call.person, team=call.team) for call in chosen if call is not None)
    if not crews or len(crews) != len(chosen):
        raise Refused("order.nobody")
    fact = OrderGiven(
        order=command.order,
        incident=incident.id,
        kind=command.kind,
        due_ms=moment.now_ms + command.due_min * _MINUTE_MS,
        crews=crews,
    )
    yield Sealed(fact, f"incident:{incident.id}", {"words": command.words}) if command.words.strip() else fact


def _reached(look: Look, mobilization: str) -> Iterator[Call]:
    """Every crew that has a seat, or set out and is not back."""
    state = look(f"mobilization:{mobilization}")
    if not isinstance(state, Mobilization):
        return
    seated = [part.call for part in state.parts.values() if part.state in SEATED]
    for each in dict.fromkeys((*state.out, *seated)):
        call = look(f"call:{each}")
        if isinstance(call, Call):
            yield call


def join_orders(look: Look, command: JoinOrders, _moment: Moment) -> Iterator[Fact]:
    """Whoever says yes after 立即撤离 was ordered hears it before setting out."""
    call = find_call(look, command.call)
    if call.state not in SEATED:
        return
    for each in command.orders:
        order = look(f"order:{each}")
        if not isinstance(order, Order) or order.incident != call.incident or call.id in order.receipts:
            continue
        if ORDERS[order.kind].loud and order.is_in_force:
            yield OrderJoined(order=order.id, incident=order.incident, call=call.id, person=call.person, team=call.team)


def receipt_order(look: Look, command: ReceiptOrder, moment: Moment) -> Iterator[Fact | Sealed]:
    """received, then done or cannot; what was said last stands, and "received" takes nothing back."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    order = look(f"order:{command.order}")
    if not isinstance(order, Order) or call.id not in order.receipts:
        raise Refused("order.unknown")
    if command.receipt not in _RECEIPTS:
        raise Refused("order.receipt")
    held = order.receipts[call.id]
    if held.said == command.receipt or (command.receipt == "received" and held.said):
        return
    fact = OrderReceipted(
        order=order.id, incident=order.incident, call=call.id, person=call.person, team=call.team, receipt=command.receipt,
        noted_by=command.noted_by, claimed_at_ms=claim_of(command.claimed_at_ms, moment.now_ms),
    )  # fmt: skip
    yield sealed_words(fact, call.person, reason=command.reason, said_by=command.said_by, said_on=command.said_on)


def call_off_order(look: Look, command: CallOffOrder, moment: Moment) -> Iterator[Fact]:
    """By the post that gave it, or one above. One that every crew has carried out already is over as it is."""
    order = look(f"order:{command.order}")
    if not isinstance(order, Order):
        raise Refused("order.unknown")
    post = acts_on(moment.authority, find(look, order.incident).place)
    if not covers(post, order.post):
        raise Refused("authority.lead", who_may=tier_of(order.post).value)
    if order.is_in_force:
        crews = tuple(Told(call=each.call, person=each.person, team=each.team) for each in order.receipts.values())
        yield OrderCalledOff(order=order.id, incident=order.incident, kind=order.kind, crews=crews)


def miss_order(look: Look, command: MissOrder, _moment: Moment) -> Iterator[Fact]:
    order = look(f"order:{command.order}")
    if isinstance(order, Order) and order.unanswered and not order.late:
        yield OrderOverdue(order=order.id, incident=order.incident, calls=order.unanswered)


def report_danger(look: Look, command: ReportDanger, moment: Moment) -> Iterator[Fact | Sealed]:
    """From a crew that has a seat or is out still."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    if call.state not in SEATED and not people_out(look, call):
        raise Refused("call.not_seated", state=call.state.value)
    if command.kind not in DANGERS:
        raise Refused("danger.kind")
    if look(f"danger:{command.danger}") is not None:
        return
    fact = DangerReported(
        danger=command.danger, incident=call.incident, call=call.id, person=call.person, team=call.team, kind=command.kind,
        noted_by=command.noted_by, claimed_at_ms=claim_of(command.claimed_at_ms, moment.now_ms),
    )  # fmt: skip
    yield sealed_words(fact, call.person, words=command.words, said_by=command.said_by, said_on=command.said_on)


def acknowledge_danger(look: Look, command: AcknowledgeDanger, moment: Moment) -> Iterator[Fact]:
    danger = _danger(look, command.danger)
    acts_on(moment.authority, find(look, danger.incident).place)
    if danger.acknowledged_ms is None:
        yield DangerAcknowledged(danger=danger.id, incident=danger.incident, call=danger.call, person=danger.person)


def add_danger_photo(look: Look, command: AddDangerPhoto, moment: Moment) -> Iterator[Fact]:
    """A picture of what was reported, by who reported it; it is one of the incident's."""
    danger = _danger(look, command.danger)
    if moment.actor != f"person:{danger.person}":
        raise Refused("call.not_yours")
    yield PhotoAdded(
        incident=danger.incident, photo=command.photo, mime=command.mime, size=command.size, about=f"danger:{danger.id}"
    )


def _danger(look: Look, danger: str) -> Danger:
    state = look(f"danger:{danger}")
    if not isinstance(state, Danger):
        raise Refused("danger.unknown")
    return state
