"""Stories of what is held beside the live realm, served with it: the live town, an exercise of two leaders, one desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from starlette.testclient import TestClient

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.tiers.imports import import_officers
from tests.exercises.kit import Sent, agree, made, plan
from tests.stories.told import NEED, Teller
from tests.town import MASTER, PASSWORD, open_town
from web_console.app import make_app
from web_console.exercises.serving import Exercises
from web_console.house import House


class Beside:
    """The live town and what is held beside it."""

    def __init__(self, live: Teller, exercises: Exercises, sent: Sent) -> None:
        self.live, self.exercises, self.sent = live, exercises, sent
        self._cookies: dict[str, str] = {}

    @property
    def house(self) -> House:
        return self.exercises.get("x1").house

    def settle(self) -> None:
        self.live.settle()
        assert self.live.client.portal is not None
        self.live.client.portal.call(self.exercises.look)
        self.live.client.portal.call(self.exercises.heed)
        for held in self.exercises.held:
            self.live.client.portal.call(held.house.settle)

    def pass_time(self, seconds: float) -> None:
        self.live.clock.advance(seconds=seconds)
        self.settle()

    def enter(self, who: str) -> str:
        """From the live page by one tap; the path it leads to."""
        start = "/me/exercises/x1/enter" if who.startswith("leader") else "/exercises/x1/enter"
        answer = self.live.call(who, "POST", start, {})
        assert answer.status_code == 200, answer.text
        cookie = answer.headers["set-cookie"]
        assert "Path=/x/x1/api/v1" in cookie
        self._cookies[who] = cookie.partition(";")[0]
        self.live.client.cookies.clear()
        return str(answer.json()["path"])

    def call(self, who: str, method: str, path: str, body: Any = None) -> Any:
        headers = {"cookie": self._cookies[who], "command-id": self.live.new_id()}
        content = None if body is None else msgspec.json.encode(body)
        answer = self.live.client.request(method, f"/x/x1/api/v1{path}", content=content, headers=headers)
        self.settle()
        return answer

    def cookie_of(self, who: str) -> str:
        """Of the exercise."""
        return self._cookies[who]

    def call_there(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """In the exercise's realm, entered if need be."""
        if who not in self._cookies:
            self.enter(who)
        return self.call(who, method, path, body)

    def calls_of(self, who: str) -> list[dict[str, Any]]:
        return [item for name, item in self.call(who, "GET", "/me").json().items() if name.startswith("call/")]

    def raise_fire(self) -> str:
        body = {
            "category": "20700",
            "severity": 4,
            "place": {"lon": 111.05, "lat": 30.05},
            "needs": [NEED | {"minimum": 2}],
            "order": True,
        }
        answer = self.call("bo", "POST", "/incidents", body)
        assert answer.status_code == 201, answer.text
        self.pass_time(1)
        return str(answer.json()["incident"])


@contextmanager
def beside(folder: Path, *, prepared: bool = True) -> Iterator[Beside]:
    """`prepared`: with the exercise x1, made as the terminal makes it."""
    clock, sent = ManualClock(), Sent("sms")
    house = open_town(folder, clock=clock, channels=(sent,))
    exercises = Exercises(
        house, clock=clock, chance=SeededChance(8), master=MASTER, channels=(sent,), lives=False,
        make_app=lambda held: make_app(held, live=False),
    )  # fmt: skip
    with TestClient(make_app(house, live=False, exercises=exercises), base_url="http://muster.test") as client:
        live = Teller(house, client, clock)
        live.settle()
        agree(live, 1, 2)
        if prepared:
            made(live, plan(live))
        told = Beside(live, exercises, sent)
        told.settle()
        yield told


def post(story: Beside, folder: Path, *rows: str) -> None:
    """More officers of the live town, with the usual password: `id,name,role,post`."""
    file = folder / "more_officers.csv"
    file.write_text("\n".join(["id,name,role,post", *rows]) + "\n", "utf-8")
    assert import_officers(story.live.house.registry, file).bad == []
    for row in rows:
        id_ = row.partition(",")[0]
        story.live.house.accounts.add(id_, kind="officer", subject=id_, password=PASSWORD)
    story.live.settle()
