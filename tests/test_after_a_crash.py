"""After a crash: what a house begins while it catches up is its own, and is seen through."""

import shutil
from functools import partial
from pathlib import Path

import msgspec
from starlette.testclient import TestClient

from incidents import default_lead, place_for
from mobilization import RaiseAndOrder
from tests.kit import COUNTY, need, raising
from tests.stories.told import Teller, told
from tests.town import INSIDE, open_town
from web_console.app import make_app
from web_console.house import House
from web_console.pager import Channel


class Gateway(Channel):
    """A stand-in for an SMS gateway with a ledger of its own."""

    name = "sms"

    def __init__(self) -> None:
        self.ledger: list[str] = []

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        self.ledger.append(reference)


def test_what_a_restarted_house_begins_while_it_catches_up_is_sent(tmp_path: Path) -> None:
    """Killed behind an acknowledged order, before anything followed it: the best teams are called and get their message."""
    with told(tmp_path, channels=(Gateway(),)) as first:
        assert first.client.portal is not None
        order = partial(first.house.ask, fire(first.house), actor="officer:bo", command_id="order", authority=COUNTY)
        first.client.portal.call(order)
        shutil.copytree(tmp_path / "realm", tmp_path / "killed" / "realm")
    gateway = Gateway()
    house = open_town(tmp_path / "killed", clock=first.clock, channels=(gateway,), fill=False)
    with TestClient(make_app(house, live=False), base_url="http://muster.test") as client:
        again = Teller(house, client, first.clock)
        again.settle()
        calls = again.board("i1")["calls"]
    assert [(c["person"], c["role"], c["state"], c["sent"]) for c in calls] == [
        (f"p{n}", "leader", "open", "sent") for n in (1, 2, 3, 4)
    ]
    assert sorted(gateway.ledger) == sorted(f"{c['id']}/sms" for c in calls)


def fire(house: House) -> RaiseAndOrder:
    spot = place_for(house.ground, *INSIDE, township=None, private_home=False)
    raised = msgspec.structs.replace(raising("i1", needs=(need(minimum=3, maximum=4),)), place=spot, lead=default_lead(spot))
    return RaiseAndOrder(raising=raised, mobilization="m-i1", channels=house.channels)
