"""Once the lead was taken, and where an incident reaches into others' divisions, those below act no more in its place."""

import msgspec
import pytest

from command.core.asks import Outcome, Receipt
from command.core.errors import Refused
from command.core.facts import Authority, Command
from incidents import ByOrder, ChangeStage, DisposeIncident, PassLead, ReverseIncident, SetNeeds
from mobilization import StandDown
from tests.kit import CITY, COUNTY, TOWNSHIP, need, place, raising
from tests.mobilization.kit import Force, team

ORDER = ByOrder(body="市防指", oral=True)
NEXT_COUNTY = Authority(post="990102", role="duty_officer")
NEXT_TOWNSHIP = Authority(post="990102100", role="duty_officer")
ACROSS = msgspec.structs.replace(place(), spans=("990102", "990102100"))
CONTROLLED = ChangeStage(incident="i1", stage="stabilised", screen_position=1 << 40)


def pass_lead(force: Force, act: str, by: Authority, to: str = "") -> Outcome:
    return force.ask(PassLead(incident="i1", act=act, to=to, by_order=ORDER, reason=""), authority=by)


def code_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


@pytest.mark.parametrize("taken", [False, True])
def test_a_township_does_not_silence_the_call_out_of_a_post_above(taken: bool) -> None:
    force = Force(*(team(n) for n in range(12)))
    force.call_out()
    if taken:
        pass_lead(force, "take_over", CITY)
        force.order(authority=CITY)
    expected = "authority.lead" if taken else "authority.ordered_above"
    assert code_of(force.ask(CONTROLLED, authority=TOWNSHIP)) == expected
    force.pass_time(91)
    assert force.called(), "waves go on"
    assert isinstance(force.ask(CONTROLLED, authority=CITY), Receipt)


@pytest.mark.parametrize(
    "act", [StandDown(mobilization="m-i1"), SetNeeds(incident="i1", needs=(need(minimum=1, maximum=1),), screen_position=1 << 40)]
)
def test_the_county_no_longer_ends_or_changes_its_own_call_out_once_the_city_leads(act: Command) -> None:
    force = Force(*(team(n) for n in range(8)))
    force.call_out()
    pass_lead(force, "take_over", CITY)
    assert code_of(force.ask(act, authority=COUNTY)).startswith("authority.")
    assert isinstance(force.ask(act, authority=CITY), Receipt)


def test_what_the_city_ended_nobody_below_begins_again_or_takes_back() -> None:
    force = Force(*(team(n) for n in range(8)))
    force.call_out()
    pass_lead(force, "take_over", CITY)
    force.ask(StandDown(mobilization="m-i1"), authority=CITY)
    assert code_of(force.order(authority=TOWNSHIP)) == "authority.lead"
    force.ask(DisposeIncident(incident="i1", stage="handed_over", reason="", to="消防"), authority=CITY)
    assert code_of(force.ask(ReverseIncident(incident="i1"), authority=TOWNSHIP)) == "authority.lead"
    assert isinstance(force.ask(ReverseIncident(incident="i1"), authority=CITY), Receipt)


def test_a_township_that_is_only_touched_does_not_dispose_of_what_lies_in_other_counties_too() -> None:
    force = Force(team(0))
    force.ask(msgspec.structs.replace(raising("i1", needs=()), place=ACROSS, lead="9901"), authority=CITY)
    dispose = DisposeIncident(incident="i1", stage="entered_in_error", reason="")
    assert code_of(force.ask(dispose, authority=NEXT_TOWNSHIP)) == "authority.lead"
    assert isinstance(force.ask(dispose, authority=CITY), Receipt)


def test_whoever_is_handed_the_lead_calls_its_own_teams_and_not_those_of_the_county_that_ordered_before() -> None:
    force = Force(team(0, ladder=("p0",)), team(2, ladder=("p2",), division="990102100"), team(3, ladder=("p3",)))
    force.call_out("i1", need(minimum=1, maximum=1), at=ACROSS)
    assert force.running().scope == "990101"
    for act, by, to in (("take_over", CITY, ""), ("offer_back", CITY, "990102"), ("accept_back", NEXT_COUNTY, "")):
        assert isinstance(pass_lead(force, act, by, to), Receipt)
    open_before = set(force.called())
    force.order("i1", need(minimum=9, maximum=9), authority=NEXT_COUNTY)
    assert (force.running().scope, set(force.called()) - open_before) == ("990102", {"p2"})


def test_an_offer_of_the_lead_may_be_withdrawn_until_it_is_accepted() -> None:
    force = Force(team(0))
    force.call_out()
    pass_lead(force, "take_over", CITY)
    assert code_of(pass_lead(force, "withdraw", CITY)) == "lead.not_offered"
    pass_lead(force, "offer_back", CITY, "990101")
    assert code_of(pass_lead(force, "withdraw", COUNTY)) == "authority.lead"
    assert isinstance(pass_lead(force, "withdraw", CITY), Receipt)
    assert code_of(pass_lead(force, "accept_back", COUNTY)) == "lead.not_offered"
    assert force.incident().lead == "9901"
