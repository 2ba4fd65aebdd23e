"""That a call was seen: one's own, or in one bundle for many simulated people; never for anybody else."""

import msgspec

from mobilization import RECEIPTS, SeeCalls
from tests.kit import Desk, fact_of, need, ordered, planned, wave


def called_out(*, simulated: bool) -> Desk:
    desk = Desk()
    desk.ask(ordered(needs=(need(minimum=3, maximum=3),)))
    desk.ask(wave(tuple(msgspec.structs.replace(planned(number), simulated=simulated) for number in (1, 2, 3))))
    return desk


def test_receipts_of_simulated_people_are_one_fact_for_all_of_them() -> None:
    desk = called_out(simulated=True)
    seen = fact_of(desk.ask(SeeCalls(calls=("c1", "c3")), by=RECEIPTS, authority=None))
    assert (seen["mobilization"], seen["calls"]) == ("m-i1", ["c1", "c3"])
    again = fact_of(desk.ask(SeeCalls(calls=("c1", "c2")), by=RECEIPTS, authority=None))
    assert again["calls"] == ["c2"], "what was seen is not seen again"


def test_nobody_speaks_for_real_people() -> None:
    desk = called_out(simulated=False)
    for who in (RECEIPTS, "person:p2", "officer:1"):
        desk.ask(SeeCalls(calls=("c1",)), by=who, authority=None)
    assert "calls.seen" not in desk.names()
    assert fact_of(desk.ask(SeeCalls(calls=("c1",)), by="person:p1", authority=None))["calls"] == ["c1"]
