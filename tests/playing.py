"""A small drill that is played by people: one house, its clock turned by hand, everyone in it through HTTP and WebSocket."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import msgspec
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from command.core.chance import SeededChance, time_ordered_id
from command.core.clock import ManualClock
from drills.scenario import read
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.app import make_app
from web_console.conductor import Conductor
from web_console.house import House
from web_console.served_drill import conductor_of, open_drill, prepare_drill

SMALL = Path(__file__).parent / "small_drill.yaml"
MASTER = b"d" * 32
MINUTE_MS = 60_000
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Playing:
    """`room`: the clock of the room they sit in. Nothing moves unless `lets`, `goes_on` or `steps` says so."""

    def __init__(self, house: House, client: TestClient, conductor: Conductor, room: ManualClock) -> None:
        self.house, self.client, self._conductor, self.room = house, client, conductor, room
        self._ids = SeededChance(7)
        self._cookies: dict[str, str] = {}

    @property
    def minute(self) -> float:
        """Of play: 0 is STARTEX."""
        assert self.house.exercise is not None
        assert self.house.exercise.drill is not None
        return (self.house.core.now_ms() - self.house.exercise.drill.opened.begin_ms) / MINUTE_MS

    def goes_on(self, *, room_s: float = 0) -> None:
        """So much time passes in the room."""
        self.room.advance(seconds=room_s)
        assert self.client.portal is not None
        self.client.portal.call(self._conductor.beat)
        self.client.portal.call(self.house.settle)

    def steps(self, to: str) -> None:
        self.does("trainer", "/drill/clock", {"step": to})
        self.goes_on()

    def call(self, who: str, method: str, path: str, body: Any = None, *, id_: str = "") -> Any:
        is_phone = who.startswith("leader")
        if who not in self._cookies:
            self.client.cookies.clear()
            answer = self.client.post(
                f"/api/v1{'/me' if is_phone else ''}/session", json={"login": who, "password": DEMO_PASSWORD}
            )
            assert answer.status_code == 200, answer.text
            self._cookies[who] = answer.headers["set-cookie"].partition(";")[0]
            self.client.cookies.clear()
        headers = {"cookie": self._cookies[who], "command-id": id_ or time_ordered_id(self.room.wall_ms(), self._ids)}
        content = None if body is None else msgspec.json.encode(body)
        answer = self.client.request(method, f"/api/v1{path}", content=content, headers=headers)
        assert self.client.portal is not None
        self.client.portal.call(self.house.settle)
        return answer

    def does(self, who: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.call(who, "POST", path, {} if body is None else body)
        assert answer.status_code < 300, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def sees(self, who: str, path: str = "/drill") -> Any:
        answer = self.call(who, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def inject(self, no: int, *, at_ms: int | None = None) -> dict[str, Any]:
        asked = "" if at_ms is None else f"?at_ms={at_ms}"
        found: list[dict[str, Any]] = self.sees("trainer", f"/drill{asked}")["injects"]
        return next(each for each in found if each["no"] == no)

    def socket(self, who: str) -> Any:
        self.call(who, "GET", "/me/session" if who.startswith("leader") else "/session")
        path = "/api/v1/me/feed" if who.startswith("leader") else "/api/v1/feed"
        return self.client.websocket_connect(path, headers={"cookie": self._cookies[who]})


def prepared(folder: Path, *, way: str = "simulated") -> Path:
    """The realm of the small drill, not yet played."""
    realm = folder / f"drill-{way}"
    prepare_drill(realm, read(SMALL), master=MASTER, way=way)
    house = open_drill(realm, master=MASTER, room=ManualClock(), hasher=QUICK)  # with its accounts
    asyncio.run(house.close())
    return realm


@contextmanager
def played(realm: Path) -> Iterator[Playing]:
    """Taken up from where it stands."""
    room = ManualClock()
    house = open_drill(realm, master=MASTER, room=room, hasher=QUICK)
    with TestClient(make_app(house, live=False), base_url="http://127.0.0.1") as client:
        yield Playing(house, client, conductor_of(house), room)


def copied(realm: Path, folder: Path) -> Path:
    """Made once, played by many."""
    return Path(copytree(realm, folder / realm.name))
