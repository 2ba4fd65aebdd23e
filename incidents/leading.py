"""Who leads, and at which level a post responds. The lead is passed, never doubled."""

from collections.abc import Iterator

import msgspec

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import check_level, within
from command.tiers.divisions import covers, is_post, parent_of, tier_of
from command.tiers.watched import waits_on_watch
from incidents.commands import ChangeLevel, EndResponse, PassLead, StartResponse
from incidents.deciding import acts_on, find_open
from incidents.facts import (
    ByOrder,
    HandBackOffered,
    HandBackWithdrawn,
    LeadAsked,
    LeadHandedBack,
    LeadTaken,
    LevelChanged,
    Place,
    ResponseEnded,
    ResponseStarted,
)
from incidents.states import Incident, Response

_COUNTY_DIGITS = 6


def default_lead(place: Place) -> str:
    """The county leads by default; across counties, and where no county is known, the city."""
    counties = {code[:_COUNTY_DIGITS] for code in (*place.path, *place.spans) if len(code) >= _COUNTY_DIGITS}
    return counties.pop() if len(counties) == 1 else place.path[0]


def check_order(by_order: ByOrder) -> None:
    if not by_order.body.strip() or not (by_order.oral or by_order.document.strip()):
        raise Refused("by_order.missing")


def pass_lead(look: Look, command: PassLead, moment: Moment) -> Iterator[Fact | Sealed]:
    state = find_open(look, command.incident)
    post = acts_on(moment.authority, state.place)
    check_order(command.by_order)
    fact = _ACTS[command.act](state, command, post)
    if isinstance(fact, LeadAsked):
        fact = msgspec.structs.replace(fact, watched=waits_on_watch(look, fact.to))
    if fact is not None:
        yield Sealed(fact, f"incident:{state.id}", {"reason": command.reason}) if command.reason else fact


def _ask(state: Incident, command: PassLead, post: str) -> Fact | None:
    _check_leads(state, post)
    above = command.to or parent_of(post)
    if above is None or above == post or not covers(above, post) or not is_post(above):
        raise Refused("lead.not_above")
    return None if state.asked_take_over == above else LeadAsked(incident=state.id, to=above, by_order=command.by_order)


def _take(state: Incident, command: PassLead, post: str) -> Fact | None:
    if post == state.lead:
        raise Refused("lead.already")
    if not covers(post, state.lead):
        raise Refused("lead.not_above")
    return LeadTaken(incident=state.id, from_post=state.lead, to=post, by_order=command.by_order)


def _offer_back(state: Incident, command: PassLead, post: str) -> Fact | None:
    _check_leads(state, post)
    if command.to == post or not covers(post, command.to) or not is_post(command.to) or not state.place.touches(command.to):
        raise Refused("lead.not_below")
    return HandBackOffered(incident=state.id, to=command.to, by_order=command.by_order)


def _accept_back(state: Incident, command: PassLead, post: str) -> Fact | None:
    if state.hand_back_to != post:
        raise Refused("lead.not_offered")
    return LeadHandedBack(incident=state.id, from_post=state.lead, to=post, by_order=command.by_order)


def _withdraw(state: Incident, command: PassLead, post: str) -> Fact | None:
    _check_leads(state, post)
    if state.hand_back_to is None:
        raise Refused("lead.not_offered")
    return HandBackWithdrawn(incident=state.id, by_order=command.by_order)


_ACTS = {"ask": _ask, "take_over": _take, "offer_back": _offer_back, "accept_back": _accept_back, "withdraw": _withdraw}


def _check_leads(state: Incident, post: str) -> None:
    if post != state.lead:
        raise Refused("authority.lead", who_may=tier_of(state.lead).value)


def start_response(look: Look, command: StartResponse, moment: Moment) -> Iterator[Fact | Sealed]:
    post = within(moment.authority, command.division)
    if look(f"response:{command.response}") is not None:
        raise Refused("response.exists")
    rule = _rule(post, command.level, command.by_order)
    fact = ResponseStarted(
        response=command.response, division=command.division, category=command.category, level=command.level,
        term_h=command.term_h, rule=rule, by_order=command.by_order,
    )  # fmt: skip
    yield Sealed(fact, f"response:{command.response}", {"item": command.item, "measures": command.measures})


def change_level(look: Look, command: ChangeLevel, moment: Moment) -> Iterator[Fact | Sealed]:
    state = _find_response(look, command.response)
    post = _may_change(state, moment)
    rule = _rule(post, command.level, command.by_order)
    if command.level == state.level:
        return
    fact = LevelChanged(response=state.id, was=state.level, level=command.level, rule=rule, by_order=command.by_order)
    yield Sealed(fact, f"response:{state.id}", {"reason": command.reason}) if command.reason else fact


def end_response(look: Look, command: EndResponse, moment: Moment) -> Iterator[Fact | Sealed]:
    state = _find_response(look, command.response)
    _may_change(state, moment)
    check_order(command.by_order)
    fact = ResponseEnded(response=state.id, by_order=command.by_order)
    yield Sealed(fact, f"response:{state.id}", {"reason": command.reason}) if command.reason else fact


def _rule(post: str, level: int, by_order: ByOrder) -> str:
    if not 1 <= level <= 4:  # noqa: PLR2004 -- four levels by law
        raise Refused("response.level", level=level)
    check_order(by_order)
    return check_level(post, level).id


def _may_change(state: Response, moment: Moment) -> str:
    """A response is changed and ended by the post that started it, or one above; at a level that only a post above may order, by
    that one."""
    post = within(moment.authority, state.division)
    if not covers(post, state.post):
        raise Refused("authority.lead", who_may=tier_of(state.post).value)
    check_level(post, state.level)
    return post


def _find_response(look: Look, response: str) -> Response:
    state = look(f"response:{response}")
    if not isinstance(state, Response):
        raise Refused("response.unknown", response=response)
    if state.ended_ms is not None:
        raise Refused("response.ended")
    return state
