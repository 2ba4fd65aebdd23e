"""What happens to a call-out in one moment is planned for once, by its last event."""

from mobilization.states import OFFER_MS
from tests.kit import need
from tests.mobilization.kit import Force, team


def test_offers_that_lapse_together_ask_for_one_wave() -> None:
    force = Force(*(team(n) for n in range(9)))
    force.call_out("i1", need(minimum=8, maximum=12))
    silent = len(force.called())
    assert silent > 2
    force.desk.clock.advance(ms=OFFER_MS)
    force.desk.core.turn([])
    asks = force.follow()
    assert len(asks) == 1
    force.desk.core.turn(asks)
    assert "wave.overtaken" not in force.names()
    assert force.called(), "deputies and others are called"
