"""Folds of the watch, and the deadline by which what nobody hears goes up. What waits is pruned as the watch passes."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from command.core.facts import Command, Deadline, Event, Kind
from command.core.realm_facts import DeadlineVoided
from command.tiers.divisions import Tier, tier_of
from command.tiers.watched import WATCHES
from incidents import LeadAsked
from mobilization.facts import OrderAsked, SupportAsked
from mobilization.watch import facts
from mobilization.watch.commands import GoUp
from mobilization.watch.states import UP_AFTER_MS, Duty, Waiting, Watch, WatchLeader

_S = TypeVar("_S", bound=msgspec.Struct)
_UP = "up/"


def evolve_watch(state: Watch, event: Event) -> Watch:  # noqa: PLR0911 -- one line a fact
    match event.fact:
        case facts.WatchTaken() | facts.WatchHandedOver() as fact:
            still = tuple(each for each in state.waiting if each.ask in fact.waiting)
            return Watch(
                division=state.division, officer=fact.officer, role=fact.role, since_ms=event.at_ms, until_ms=fact.until_ms,
                waiting=still, leader=None if state.leader and state.leader.officer == fact.officer else state.leader,
            )  # fmt: skip
        case facts.WatchOffered(to=to):
            return _replace(state, offered_to=to)
        case facts.OfferWithdrawn():
            return _replace(state, offered_to="")
        case facts.WatchLeaderNamed() as fact:
            return _replace(state, leader=WatchLeader(id=fact.leader, officer=fact.officer, since_ms=event.at_ms))
        case facts.WatchLeaderWithdrawn():
            return _replace(state, leader=None)
        case facts.WatchEnded():
            return Watch(division=state.division, vacant_since_ms=event.at_ms, waiting=state.waiting)
        case facts.AskWentUp(division=division, ask=ask) if division == state.division:
            up = tuple(_replace(each, went_up_ms=event.at_ms) if each.ask == ask else each for each in state.waiting)
            return _replace(state, waiting=up)
        case DeadlineVoided(kind=kind):
            return _replace(state, waiting=tuple(each for each in state.waiting if _UP + each.ask != kind))
        case _:
            asked = _asked(event)
            others = tuple(each for each in state.waiting if asked is None or each.ask != asked.ask)
            return state if asked is None else _replace(state, waiting=(*others, asked))


def _asked(event: Event) -> Waiting | None:
    match event.fact:
        case LeadAsked(incident=incident):
            return Waiting(ask=f"lead/{incident}", what="lead", incident=incident, asked_ms=event.at_ms)
        case OrderAsked(incident=incident):
            return Waiting(ask=f"order/{incident}", what="order", incident=incident, asked_ms=event.at_ms)
        case SupportAsked(incident=incident, speciality=speciality):
            return Waiting(ask=f"support/{incident}/{speciality}", what="support", incident=incident, asked_ms=event.at_ms)
        case facts.AskWentUp(incident=incident, ask=ask, what=what):
            return Waiting(ask=ask, what=what, incident=incident, asked_ms=event.at_ms)
        case _:
            return None


def watch_deadlines(state: Watch) -> Iterable[Deadline]:
    """While nobody holds the watch each thing that waits has its own. Above the city there is no post."""
    if state.officer or tier_of(state.division) is Tier.CITY:
        return ()
    begun = ((each, max(each.asked_ms, state.vacant_since_ms or 0)) for each in state.waiting if each.went_up_ms is None)
    return [
        Deadline(kind=_UP + each.ask, set_at_ms=from_ms, due_at_ms=from_ms + UP_AFTER_MS, waits_for_people=True)
        for each, from_ms in begun
    ]


def fall(key: str, deadline: Deadline) -> Command:
    return GoUp(division=key.partition(":")[2], ask=deadline.kind.removeprefix(_UP))


def evolve_duty(state: Duty, event: Event) -> Duty:
    """A watch that passed is filed under both officers, and held by one."""
    match event.fact:
        case facts.WatchTaken() | facts.WatchHandedOver() as fact:
            return _replace(state, division=fact.division if fact.officer == state.officer else "")
        case facts.WatchEnded():
            return _replace(state, division="")
        case _:
            return state


def evolve_leader(state: str | None, event: Event) -> str | None:
    """The post whose watch was led by somebody who is sealed: what is known of them outside the seal."""
    return event.fact.division if isinstance(event.fact, facts.WatchLeaderNamed) else state


def evolve_watches(_state: bool | None, _event: Event) -> bool:
    """Watches are kept here."""
    return True


def _replace(state: _S, **changes: object) -> _S:
    return msgspec.structs.replace(state, **changes)


WATCH_KINDS = (
    Kind("watch", evolve_watch, watch_deadlines, fall, born=lambda name: Watch(division=name)),
    Kind("duty", evolve_duty, born=lambda name: Duty(officer=name)),
    Kind("watch_leader", evolve_leader),
    Kind(WATCHES, evolve_watches),
)
