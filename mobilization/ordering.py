"""Decisions to call out: orders and their amendments."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import limit_to_call, rule_to_call
from command.tiers.divisions import covers, parent_of
from command.tiers.watched import waits_on_watch
from incidents import (
    ByOrder,
    Incident,
    Need,
    NeedsSet,
    SetNeeds,
    Stage,
    StageChanged,
    Verified,
    acts_on,
    check_fresh,
    check_lead,
    check_needs,
    check_order,
    find_open,
    raise_incident,
)
from mobilization.commands import OrderCall, RaiseAndOrder
from mobilization.ending import mobilization_of
from mobilization.facts import Amended, OrderAsked, Ordered
from mobilization.finding import check_commands
from mobilization.states import Mobilization


class _Order(NamedTuple):
    """What is ordered, and by whom."""

    mobilization: str
    incident: str
    mode: str
    needs: tuple[Need, ...]
    post: str
    channels: tuple[str, ...]
    by_order: ByOrder | None
    reason: str


def people_at_most(needs: Sequence[Need]) -> int:
    """The size of a call-out, for authority: as many people as its needs have seats."""
    return sum(need.maximum for need in needs)


def order_call(look: Look, command: OrderCall, moment: Moment) -> Iterator[Fact | Sealed]:
    """Order, widen or amend. Needs edited on an old screen are refused."""
    incident = find_open(look, command.incident)
    post = acts_on(moment.authority, incident.place)
    if not incident.verified:
        raise Refused("incident.not_verified")
    running = _running(look, command.mobilization, incident)
    if running is not None and not running.over and command.needs and command.screen_position is not None:
        check_fresh(incident, command.screen_position)
    needs = command.needs or incident.needs
    check_needs(needs)
    if not needs:
        raise Refused("mobilization.no_needs")
    if needs != incident.needs:
        yield NeedsSet(incident=incident.id, needs=needs)
    order = _Order(
        command.mobilization, incident.id, incident.mode, needs, post, command.channels, command.by_order, command.reason
    )
    yield from _decide(look, order, incident, running)


def set_needs(look: Look, command: SetNeeds, moment: Moment) -> Iterator[Fact | Sealed]:
    """What is needed changed. Where people are being called for it, the call-out changes with it."""
    incident = find_open(look, command.incident)
    post = acts_on(moment.authority, incident.place)
    check_lead(post, incident)
    check_fresh(incident, command.screen_position)
    check_needs(command.needs)
    if command.needs == incident.needs:
        return
    running = _running(look, mobilization_of(incident.id), incident)
    if running is not None and not running.over and not command.needs:
        raise Refused("mobilization.no_needs")
    yield NeedsSet(incident=incident.id, needs=command.needs)
    if running is not None and not running.over:
        order = _Order(running.id, incident.id, incident.mode, command.needs, post, running.channels, None, "")
        yield from _decide(look, order, incident, running)


def raise_and_order(look: Look, command: RaiseAndOrder, moment: Moment) -> Iterator[Fact | Sealed]:
    """One press: report, verification and order, under one authority. First the incident's own rules."""
    raising = command.raising
    yield from raise_incident(look, raising, moment)
    if not raising.verify:
        yield Verified(incident=raising.incident)
    if not raising.needs:
        raise Refused("mobilization.no_needs")
    post = acts_on(moment.authority, raising.place)
    order = _Order(
        command.mobilization,
        raising.incident,
        raising.mode,
        raising.needs,
        post,
        command.channels,
        command.by_order,
        command.reason,
    )
    yield from _decide(look, order, None, None)


def _running(look: Look, mobilization: str, incident: Incident) -> Mobilization | None:
    running = look(f"mobilization:{mobilization}")
    if not isinstance(running, Mobilization):
        return None
    if running.incident != incident.id:
        raise Refused("mobilization.other")
    return running


def _decide(look: Look, order: _Order, incident: Incident | None, running: Mobilization | None) -> Iterator[Fact | Sealed]:
    """Within the post's own rule, or asked of the tier above."""
    if order.by_order is not None:
        check_order(order.by_order)
    if incident is not None and incident.lead_taken:
        check_lead(order.post, incident)
    if incident is not None and running is not None and not running.over:
        check_commands(order.post, incident, running)
    people = people_at_most(order.needs)
    rule = rule_to_call(order.post, people)
    if rule is None:
        yield _asked_above(look, order, people)
        return
    if incident is None or incident.stage in (Stage.REPORTED, Stage.VERIFIED):
        yield StageChanged(incident=order.incident, stage=Stage.ACTING.value)
    fact = _ordered(order, rule.id) if running is None else _amended(order, rule.id, running)
    yield Sealed(fact, f"incident:{order.incident}", {"reason": order.reason}) if order.reason else fact


def _ordered(order: _Order, rule: str) -> Ordered:
    return Ordered(
        mobilization=order.mobilization, incident=order.incident, mode=order.mode, scope=order.post, rule=rule, needs=order.needs,
        channels=order.channels, by_order=order.by_order,
    )  # fmt: skip


def _amended(order: _Order, rule: str, running: Mobilization) -> Amended:
    return Amended(
        mobilization=order.mobilization, incident=order.incident, scope=_reach(order, running), rule=rule, needs=order.needs,
        round=running.round + running.over, by_order=order.by_order,
    )  # fmt: skip


def _reach(order: _Order, running: Mobilization) -> str:
    """As far as the post that orders, or as one above it has ordered before."""
    return running.scope if not running.over and covers(running.scope, order.post) else order.post


def _asked_above(look: Look, order: _Order, people: int) -> OrderAsked:
    above = parent_of(order.post)
    if above is None:
        raise Refused("authority.size", people=people, most_people=limit_to_call(order.post), who_may="province")
    return OrderAsked(
        incident=order.incident,
        from_post=order.post,
        to=above,
        people=people,
        needs=order.needs,
        watched=waits_on_watch(look, above),
    )
