"""Orders to crews and what they report: received, done, cannot, overdue; dangers with a picture."""

from command.core.asks import Outcome, Receipt
from command.core.errors import Refused
from command.core.facts import Authority
from incidents import Incident
from mobilization import (
    AcknowledgeDanger,
    AddDangerPhoto,
    CallOffOrder,
    Danger,
    GiveOrder,
    JoinOrders,
    Order,
    ReceiptOrder,
    ReportDanger,
    StandDown,
)
from tests.kit import CITY, COUNTY, need
from tests.mobilization.kit import Force, team


class Field(Force):
    """p0 is on the way, p1 has said yes, p2 was not asked or has said no."""

    def __init__(self) -> None:
        super().__init__(*(team(n) for n in range(4)))
        self.call_out("i1", need(minimum=6, maximum=6))
        self.says("p0", "accept", 3)
        self.says("p1", "accept", 3)
        self.does("p0", "set_out")

    def gives(self, id_: str, *calls: str, kind: str = "withdraw", words: str = "") -> Outcome:
        return self.ask(GiveOrder(order=id_, incident="i1", kind=kind, words=words, calls=calls, due_min=3))

    def receipts(self, person: str, id_: str, receipt: str, reason: str = "") -> Outcome:
        return self.ask(
            ReceiptOrder(order=id_, call=self.call_of(person).id, receipt=receipt, reason=reason), by=f"person:{person}"
        )

    def state(self, id_: str) -> Order:
        found = self.desk.core.world.look(f"order:{id_}")
        assert isinstance(found, Order)
        return found

    def said(self, id_: str) -> list[tuple[str, bool]]:
        return [(each.said, each.overdue) for each in self.state(id_).receipts.values()]


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def test_received_done_cannot_and_overdue() -> None:
    field = Field()
    field.gives("o1")
    assert field.said("o1") == [("", False), ("", False)], "to all that are coming or out"
    field.receipts("p0", "o1", "received")
    field.pass_time(180)
    assert field.said("o1") == [("received", False), ("", True)]
    assert field.names().count("order.overdue") == 1
    field.receipts("p1", "o1", "cannot", reason="桥断了")
    assert field.said("o1") == [("received", False), ("cannot", False)]
    field.receipts("p0", "o1", "done")
    field.receipts("p0", "o1", "received")  # an old tap takes nothing back
    field.ask(
        ReceiptOrder(order="o1", call=field.call_of("p1").id, receipt="done", noted_by="officer:1", said_by="本人", said_on="139")
    )
    assert field.said("o1") == [("done", False), ("done", False)]
    field.gives("o2", field.call_of("p1").id, kind="hold")
    assert [each.person for each in field.state("o2").receipts.values()] == ["p1"]


def joins(field: Field, person: str, *orders: str) -> None:
    field.ask(JoinOrders(call=field.call_of(person).id, orders=orders), by="policy:orders", authority=None)


def test_who_comes_after_a_loud_order_in_force_is_under_it_too() -> None:
    field = Field()
    field.gives("o1", field.call_of("p0").id)
    field.gives("o2", kind="hold")
    field.pass_time(180)
    joins(field, "p1", "o1", "o2", "o3")
    assert field.said("o1") == [("", True), ("", False)], "the late one stays late; the new one has its own minutes"
    joins(field, "p1", "o1")
    assert field.names().count("order.joined") == 1
    field.pass_time(180)
    assert field.said("o1") == [("", True), ("", True)]


def test_an_order_that_all_have_carried_out_or_of_another_kind_or_for_who_has_no_seat_is_joined_by_nobody() -> None:
    field = Field()
    field.gives("o1", field.call_of("p0").id)
    field.receipts("p0", "o1", "done")
    joins(field, "p1", "o1")
    field.gives("o2", field.call_of("p0").id)
    field.says("p1", "decline")
    joins(field, "p1", "o2")
    assert field.names().count("order.joined") == 0


def test_an_order_called_off_is_in_force_for_nobody_and_waits_for_nobody() -> None:
    field = Field()
    field.gives("o1", field.call_of("p0").id)
    field.gives("o2", kind="hold")
    assert (
        code(field.ask(CallOffOrder(order="o1"), authority=Authority(post="990102", role="duty_officer"))) == "authority.division"
    )
    assert isinstance(field.ask(CallOffOrder(order="o1")), Receipt)
    joins(field, "p1", "o1")
    field.pass_time(600)
    assert field.said("o1") == [("", False)], "nobody comes under it, nobody is overdue"
    field.ask(CallOffOrder(order="o1"))
    assert field.names().count("order.called_off") == 1
    field.receipts("p0", "o1", "received")
    assert field.said("o1") == [("received", False)], "a tap that was on its way is kept"
    for person in ("p0", "p1"):
        field.receipts(person, "o2", "done")
    field.ask(CallOffOrder(order="o2"))
    assert field.names().count("order.called_off") == 1, "one that all have carried out is over"
    assert code(field.ask(CallOffOrder(order="o9"))) == "order.unknown"


def test_a_post_below_the_one_that_gave_it_does_not_call_it_off() -> None:
    field = Field()
    field.ask(GiveOrder(order="o1", incident="i1", kind="withdraw", due_min=3), authority=CITY)
    assert code(field.ask(CallOffOrder(order="o1"))) == "authority.lead"
    assert isinstance(field.ask(CallOffOrder(order="o1"), authority=CITY), Receipt)
    field.gives("o2")
    assert isinstance(field.ask(CallOffOrder(order="o2"), authority=CITY), Receipt), "one above may"


def test_after_a_stand_down_who_is_out_still_is_still_reached() -> None:
    field = Field()
    field.ask(StandDown(mobilization="m-i1"))
    field.gives("o1")
    assert [each.person for each in field.state("o1").receipts.values()] == ["p0"]
    assert isinstance(field.receipts("p0", "o1", "received"), Receipt)
    field.does("p0", "released")
    assert code(field.gives("o2")) == "order.nobody"


def test_what_is_refused() -> None:
    field = Field()
    assert code(field.gives("o1", kind="dance")) == "order.kind"
    assert code(field.gives("o1", kind="other")) == "order.words"
    assert code(field.gives("o1", field.call_of("p0").id, "c-nobody")) == "order.nobody"
    trainer = Authority(post="990101", role="trainer")
    give = GiveOrder(order="o1", incident="i1", kind="hold", due_min=3)
    assert code(field.ask(give, authority=trainer)) == "authority.role"
    assert code(field.ask(give, authority=Authority(post="990102", role="duty_officer"))) == "authority.division"
    field.gives("o1", field.call_of("p0").id)
    assert code(field.receipts("p1", "o1", "received")) == "order.unknown"
    assert code(field.receipts("p0", "o1", "maybe")) == "order.receipt"


def test_a_danger_with_a_picture_is_read_at_the_desk() -> None:
    field = Field()
    own, call = {"by": "person:p0", "authority": None}, field.call_of("p0").id
    field.ask(ReportDanger(danger="d1", call=call, kind="water", words="漫过路面"), **own)  # type: ignore[arg-type]
    assert code(field.ask(AddDangerPhoto(danger="d1", photo="x", mime="image/jpeg", size=9), by="person:p1")) == "call.not_yours"
    field.ask(AddDangerPhoto(danger="d1", photo="photo-9", mime="image/jpeg", size=9), **own)  # type: ignore[arg-type]
    field.ask(AcknowledgeDanger(danger="d1"), authority=COUNTY)
    look = field.desk.core.world.look
    danger, incident = look("danger:d1"), look("incident:i1")
    assert isinstance(danger, Danger)
    assert isinstance(incident, Incident)
    assert (danger.photos, danger.acknowledged_ms is not None, incident.photos) == (("photo-9",), True, ("photo-9",))
    assert code(field.ask(ReportDanger(danger="d2", call=call, kind="ufo"), by="person:p0")) == "danger.kind"
    assert code(field.ask(ReportDanger(danger="d2", call=call, kind="water"), by="person:p1")) == "call.not_yours"
    field.says("p1", "decline")
    away = ReportDanger(danger="d2", call=field.call_of("p1").id, kind="water")
    assert code(field.ask(away, by="person:p1")) == "call.not_seated"
