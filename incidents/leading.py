"""Who leads, and at which level a post responds. The lead is passed, never doubled."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import check_level, post_of, within
from command.tiers.divisions import covers, parent_of
from incidents.commands import ChangeLevel, EndResponse, PassLead, StartResponse
from incidents.deciding import find_open
from incidents.facts import (
    ByOrder,
    HandBackOffered,
    LeadAsked,
    LeadHandedBack,
    LeadTaken,
    LevelChanged,
    ResponseEnded,
    ResponseStarted,
)
from incidents.states import Incident, Response


def default_lead(path: tuple[str, ...], county_length: int = 6) -> str:
    """The county leads by default; where no county is known, the city."""
    return next((code for code in path if len(code) == county_length), path[0])


def check_order(by_order: ByOrder) -> None:
    if not by_order.body.strip() or not (by_order.oral or by_order.document.strip()):
        raise Refused("by_order.missing")


def pass_lead(look: Look, command: PassLead, moment: Moment) -> Iterator[Fact | Sealed]:
    state = find_open(look, command.incident)
    post = within(moment.authority, state.division) if command.act != "accept_back" else post_of(moment.authority)
    check_order(command.by_order)
    fact = _ACTS[command.act](state, command, post)
    if fact is not None:
        yield Sealed(fact, f"incident:{state.id}", {"reason": command.reason}) if command.reason else fact


def _ask(state: Incident, command: PassLead, post: str) -> Fact | None:
    _check_leads(state, post)
    above = command.to or parent_of(post)
    if above is None or above == post or not covers(above, post):
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
    if command.to == post or not covers(post, command.to) or not covers(command.to, state.division):
        raise Refused("lead.not_below")
    return HandBackOffered(incident=state.id, to=command.to, by_order=command.by_order)


def _accept_back(state: Incident, command: PassLead, post: str) -> Fact | None:
    if state.hand_back_to != post:
        raise Refused("lead.not_offered")
    return LeadHandedBack(incident=state.id, from_post=state.lead, to=post, by_order=command.by_order)


_ACTS = {"ask": _ask, "take_over": _take, "offer_back": _offer_back, "accept_back": _accept_back}


def _check_leads(state: Incident, post: str) -> None:
    if post != state.lead:
        raise Refused("authority.lead", who_may=state.lead)


def start_response(_look: Look, command: StartResponse, moment: Moment) -> Iterator[Fact | Sealed]:
    post = within(moment.authority, command.division)
    rule = _rule(post, command.level, command.by_order)
    fact = ResponseStarted(
        response=command.response, division=command.division, category=command.category, level=command.level,
        term_h=command.term_h, rule=rule, by_order=command.by_order,
    )  # fmt: skip
    yield Sealed(fact, f"response:{command.response}", {"item": command.item, "measures": command.measures})


def change_level(look: Look, command: ChangeLevel, moment: Moment) -> Iterator[Fact | Sealed]:
    state = _find_response(look, command.response)
    post = within(moment.authority, state.division)
    rule = _rule(post, command.level, command.by_order)
    if command.level == state.level:
        return
    fact = LevelChanged(response=state.id, was=state.level, level=command.level, rule=rule, by_order=command.by_order)
    yield Sealed(fact, f"response:{state.id}", {"reason": command.reason}) if command.reason else fact


def end_response(look: Look, command: EndResponse, moment: Moment) -> Iterator[Fact | Sealed]:
    state = _find_response(look, command.response)
    within(moment.authority, state.division)
    check_order(command.by_order)
    fact = ResponseEnded(response=state.id, by_order=command.by_order)
    yield Sealed(fact, f"response:{state.id}", {"reason": command.reason}) if command.reason else fact


def _rule(post: str, level: int, by_order: ByOrder) -> str:
    if not 1 <= level <= 4:  # noqa: PLR2004 -- four levels by law
        raise Refused("response.level", level=level)
    check_order(by_order)
    return check_level(post, level).id


def _find_response(look: Look, response: str) -> Response:
    state = look(f"response:{response}")
    if not isinstance(state, Response):
        raise Refused("response.unknown", response=response)
    if state.ended_ms is not None:
        raise Refused("response.ended")
    return state
