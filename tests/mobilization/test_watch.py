"""The watch of a post: taken, handed over, and what happens when nobody holds it."""

from command.core.asks import Outcome
from command.core.errors import Refused
from command.core.facts import Authority
from incidents import ByOrder, PassLead
from mobilization import EndWatch, NameWatchLeader, OfferWatch, TakeWatch, Watch, WithdrawOffer
from tests.kit import CITY, COUNTY, TOWNSHIP, need, raising
from tests.mobilization.kit import Force, team

LEADER = Authority(post="990101", role="watch_leader")
LARGE = need(minimum=20, maximum=30)


def _force() -> Force:
    return Force(*(team(number) for number in range(3)))


def _watch(force: Force, post: str = "990101") -> Watch:
    state = force.desk.core.world.look(f"watch:{post}")
    assert isinstance(state, Watch)
    return state


def _code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def _township_asks(force: Force) -> None:
    """A call-out larger than a township may order: the county must."""
    force.ask(raising("i1", needs=(LARGE,)), authority=TOWNSHIP)
    force.order("i1", authority=TOWNSHIP)


def test_a_watch_is_offered_and_accepted_and_the_holder_keeps_it_until_then() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:bo")
    assert _code(force.ask(TakeWatch(), by="officer:di")) == "watch.held"
    assert _code(force.ask(OfferWatch(to="bo"), by="officer:bo")) == "watch.to"
    force.ask(OfferWatch(to="di"), by="officer:bo")
    assert (_watch(force).officer, _watch(force).offered_to) == ("bo", "di")
    assert _code(force.ask(TakeWatch(), by="officer:eve")) == "watch.held"
    force.ask(TakeWatch(), by="officer:di")
    assert (_watch(force).officer, _watch(force).offered_to) == ("di", "")
    assert _code(force.ask(EndWatch(), by="officer:bo")) == "watch.not_yours"
    force.ask(EndWatch(), by="officer:di")
    assert _watch(force).officer == ""
    assert [name for name in force.names() if name.startswith("watch.")] == [
        "watch.taken",
        "watch.offered",
        "watch.handed_over",
        "watch.ended",
    ]


def test_an_offer_may_be_withdrawn_and_a_watch_leader_takes_over_without_one() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:bo")
    force.ask(OfferWatch(to="di"), by="officer:bo")
    force.ask(WithdrawOffer(), by="officer:bo")
    assert _code(force.ask(TakeWatch(), by="officer:di")) == "watch.held"
    force.ask(TakeWatch(), by="officer:lin", authority=LEADER)
    assert (_watch(force).officer, _watch(force).role) == ("lin", "watch_leader")
    force.ask(TakeWatch(), by="officer:bo", authority=CITY)
    assert _watch(force, "9901").officer == "bo", "who was relieved is free to take another"


def test_an_officer_holds_one_watch_and_it_ends_in_time() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:bo")
    assert _code(force.ask(TakeWatch(), by="officer:bo", authority=CITY)) == "watch.elsewhere"
    now_ms = force.desk.core.now_ms()
    assert _code(force.ask(TakeWatch(until_ms=now_ms), by="officer:di", authority=CITY)) == "watch.until"
    assert _code(force.ask(TakeWatch(), by="officer:t", authority=Authority(post="9901", role="trainer"))) == "authority.role"


def test_what_a_post_without_a_watch_is_asked_goes_up_after_three_minutes_and_stays_answerable() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:ana", authority=CITY)
    _township_asks(force)
    force.pass_time(179.9)
    assert "ask.went_up" not in force.names()
    force.pass_time(0.1)
    assert force.names().count("ask.went_up") == 1
    assert [each.what for each in _watch(force, "9901").waiting] == ["order"]
    assert _watch(force).waiting[0].went_up_ms is not None
    force.pass_time(3_600)
    assert force.names().count("ask.went_up") == 1, "never above the city, and never twice"
    force.order("i1", authority=COUNTY)
    assert "mobilization.ordered" in force.names()


def test_where_somebody_holds_the_watch_it_stays_until_the_watch_ends() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:bo")
    _township_asks(force)
    force.pass_time(3_600)
    assert "ask.went_up" not in force.names()
    force.ask(EndWatch(), by="officer:bo")
    force.pass_time(179.9)
    assert "ask.went_up" not in force.names()
    force.pass_time(0.1)
    assert "ask.went_up" in force.names()


def test_what_was_answered_in_time_goes_nowhere_and_is_forgotten() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:ana", authority=CITY)
    _township_asks(force)
    force.order("i1", authority=COUNTY)
    force.pass_time(200)
    assert "ask.went_up" not in force.names()
    assert _watch(force).waiting == ()


def test_a_lead_and_support_that_are_asked_for_go_up_too() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:ana", authority=CITY)
    order = ByOrder(body="镇防指", oral=True)
    force.ask(raising("i1"), authority=TOWNSHIP)
    for act, authority in (("offer_back", COUNTY), ("accept_back", TOWNSHIP), ("ask", TOWNSHIP)):
        force.ask(
            PassLead(incident="i1", act=act, by_order=order, reason="", to=TOWNSHIP.post if act == "offer_back" else ""),
            authority=authority,
        )
    force.call_out("i2", need(minimum=8, maximum=9), authority=TOWNSHIP)
    force.pass_time(3_600)
    assert {each.what for each in _watch(force, "9901").waiting} == {"lead", "support"}


def test_where_no_watch_was_ever_taken_nothing_goes_anywhere() -> None:
    force = _force()
    _township_asks(force)
    force.pass_time(3_600)
    assert "ask.went_up" not in force.names()
    assert force.desk.core.world.look("watch:990101") is None


def test_a_watch_that_is_taken_prunes_what_no_longer_waits() -> None:
    force = _force()
    force.ask(TakeWatch(), by="officer:bo")
    _township_asks(force)
    force.order("i1", authority=COUNTY)
    assert len(_watch(force).waiting) == 1
    force.ask(OfferWatch(to="di"), by="officer:bo")
    force.ask(TakeWatch(), by="officer:di")
    assert _watch(force).waiting == ()


def test_a_leader_of_the_watch_is_named_beside_who_holds_it_and_stays_when_it_passes() -> None:
    force = _force()
    assert _code(force.ask(NameWatchLeader(leader="w0", officer="lin"), by="officer:bo")) == "watch.unheld"
    force.ask(TakeWatch(), by="officer:bo")
    assert _code(force.ask(NameWatchLeader(leader="w1", officer="bo"), by="officer:bo")) == "watch.leader"
    assert _code(force.ask(NameWatchLeader(leader="w1", officer="lin"), by="officer:di")) == "watch.not_yours"
    force.ask(NameWatchLeader(leader="w1", officer="lin"), by="officer:bo")
    force.ask(NameWatchLeader(leader="w2", officer="lin"), by="officer:bo")
    assert force.names().count("watch.leader_named") == 1, "already so"
    force.ask(OfferWatch(to="di"), by="officer:bo")
    force.ask(TakeWatch(), by="officer:di")
    leader = _watch(force).leader
    assert (leader and leader.officer, leader and leader.id) == ("lin", "w1")
    force.ask(TakeWatch(), by="officer:lin", authority=LEADER)
    assert _watch(force).leader is None, "who leads it holds it now"
    force.ask(NameWatchLeader(leader="w3", name="赵某", phone="1"), by="officer:qi", authority=LEADER)
    assert _watch(force).leader is not None, "a watch leader of the post may name too"
    force.ask(NameWatchLeader(leader="w4"), by="officer:lin", authority=LEADER)
    assert _watch(force).leader is None
    force.ask(NameWatchLeader(leader="w5", name="赵某"), by="officer:lin", authority=LEADER)
    force.ask(EndWatch(), by="officer:lin", authority=LEADER)
    assert _watch(force).leader is None, "with the watch goes its leader"
    assert "赵某" not in str(force.desk.log.after(0, 99))
