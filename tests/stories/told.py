"""The words stories are told in: they drive the whole house through HTTP and WebSocket, on a manual clock, without a port."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from starlette.testclient import TestClient, WebSocketTestSession

from command.core.chance import SeededChance, time_ordered_id
from command.core.clock import ManualClock
from mobilization import SEATED
from tests.town import PASSWORD, open_town
from web_console.app import make_app
from web_console.house import House
from web_console.pager import Channel

NEED = {"speciality": "FIRST_AID", "minimum": 3, "maximum": 4}


class Teller:
    """One town and everyone in it."""

    def __init__(self, house: House, client: TestClient, clock: ManualClock) -> None:
        self.house, self.client, self.clock = house, client, clock
        self._ids = SeededChance(99)
        self._cookies: dict[str, str] = {}

    def new_id(self) -> str:
        return time_ordered_id(self.clock.wall_ms(), self._ids)

    def settle(self) -> None:
        assert self.client.portal is not None
        self.client.portal.call(self.house.settle)
        self.client.portal.call(self._compare_screens)

    async def _compare_screens(self) -> None:
        """At every quiet point of every story: what was sent bit by bit is what a fresh screen would show."""
        for name, topic in self.house.screens.hub._topics.items():
            shown = {item: msgspec.json.decode(encoded) for item, (_, encoded) in topic._items.items()}
            assert shown == self.house.screens.picture_of(name), name
        for person in self.house.view.world.keys("person"):
            for item in self.house.screens.picture_of(f"me/{person.partition(':')[2]}").values():
                assert item.get("state", "") in SEATED or "lon" not in item, "no place for whoever has no seat"

    def fast_forward(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)
        self.settle()

    def sign_in(self, who: str) -> None:
        path = "/api/v1/me/session" if who.startswith("leader") else "/api/v1/session"
        self.client.cookies.clear()
        answer = self.client.post(path, json={"login": who, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self._cookies[who] = f"{answer.headers['set-cookie'].partition(';')[0]}"
        self.client.cookies.clear()

    def call(self, who: str, method: str, path: str, body: Any = None, *, id_: str = "") -> Any:
        if who not in self._cookies:
            self.sign_in(who)
        headers = {"cookie": self._cookies[who], "command-id": id_ or self.new_id()}
        content = None if body is None else msgspec.json.encode(body)
        answer = self.client.request(method, f"/api/v1{path}", content=content, headers=headers)
        self.settle()
        return answer

    def does(self, who: str, path: str, body: Any = None, *, id_: str = "") -> dict[str, Any]:
        """A change that succeeds."""
        answer = self.call(who, "POST", path, {} if body is None else body, id_=id_)
        assert answer.status_code < 300, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def sees(self, who: str, path: str) -> Any:
        answer = self.call(who, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def raise_fire(self, who: str = "bo", *, at: tuple[float, float] = (111.05, 30.05), **more: Any) -> str:
        body = {"category": "20700", "severity": 4, "place": {"lon": at[0], "lat": at[1]}, "needs": [NEED], "order": True} | more
        return str(self.does(who, "/incidents", body)["incident"])

    def open_calls(self, number: int) -> list[dict[str, Any]]:
        items = self.sees(f"leader{number}", "/me")
        return [item for name, item in items.items() if name.startswith("call/") and item["state"] == "open"]

    def answer(self, number: int, answer: str = "accept", **more: Any) -> dict[str, Any]:
        call = self.open_calls(number)[0]["id"]
        return self.does(f"leader{number}", f"/me/calls/{call}/answer", {"answer": answer} | more)

    def board(self, incident: str, who: str = "bo") -> dict[str, Any]:
        found: dict[str, Any] = self.sees(who, f"/incidents/{incident}")
        return found

    @contextmanager
    def socket(self, who: str) -> Iterator[WebSocketTestSession]:
        if who not in self._cookies:
            self.sign_in(who)
        path = "/api/v1/me/feed" if who.startswith("leader") else "/api/v1/feed"
        with self.client.websocket_connect(path, headers={"cookie": self._cookies[who]}) as socket:
            yield socket


@contextmanager
def told(
    folder: Path, *, channels: tuple[Channel, ...] = (), clock: ManualClock | None = None, fill: bool = True
) -> Iterator[Teller]:
    clock = clock or ManualClock()
    house = open_town(folder, clock=clock, channels=channels, fill=fill)
    with TestClient(make_app(house, live=False, gateway_secret="gateway"), base_url="http://muster.test") as client:
        teller = Teller(house, client, clock)
        teller.settle()
        yield teller
