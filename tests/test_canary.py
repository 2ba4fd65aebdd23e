"""Canaries: what people say in private is in no file in plain, and after erasure nowhere at all, forks and backups included."""

import io
import logging
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from command.core.backup import back_up
from command.core.facts import Event
from command.core.realm import Folder, Realm
from command.core.records import Record
from command.core.restoring import restore
from command.core.verify import verify_file
from command.core.world import World
from tests.realms import restored_realm
from tests.rules import HOUSE
from tests.stories.told import NEED, Teller, told
from tests.town import MASTER, PASSWORD, open_town
from web_console.erasing import erase
from web_console.house import House

CALLER, PHONE, ADDRESS, WORDS = "赵canary燕", "1390canary1", "文canary昌里", "三canary楼"
DECLINED, DECLINED_ON_SOCKET = "家里canary有事", "孩子canary发烧"
CREW, SAID_BY = ("钱canary一", "孙canary二"), "吴canary妻"
LOGIN, GPS, DESCRIPTION = "1390canary-login", "canary GPS 30.05N", "canary description"
OF_P1 = "19900000001"
CANARIES = (CALLER, PHONE, ADDRESS, WORDS, DECLINED, DECLINED_ON_SOCKET, *CREW, SAID_BY, LOGIN, GPS, DESCRIPTION, OF_P1)
FIRE = {
    "category": "20700", "severity": 4, "needs": [NEED], "order": True,
    "place": {"lon": 111.05, "lat": 30.05, "private_home": True, "address": ADDRESS},
    "report": {"caller": CALLER, "phone": PHONE, "words": WORDS},
}  # fmt: skip


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = DESCRIPTION
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[28] = "N", (30.0, 3.0, 17.0), GPS.encode()
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    assert GPS.encode() in out.getvalue()
    return out.getvalue()


def found_in(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [f"{word} in {path.name}" for path in files for word in CANARIES if word.encode() in path.read_bytes()]


def tell(story: Teller) -> str:
    """A fire in somebody's home: one declines by HTTP, one on the socket, one comes and names a crew, whose setting out
    is told by telephone; a photo is taken."""
    story.house.accounts.add(LOGIN, kind="person", subject="p3", password=PASSWORD)
    incident = str(story.does("bo", "/incidents", FIRE)["incident"])
    story.answer(1, "decline", reason=DECLINED)
    call = story.open_calls(3)[0]["id"]
    with story.socket("leader3") as phone:
        phone.receive_json()
        answer = {"type": "answer", "command_id": story.new_id(), "call": call, "answer": "decline"}
        phone.send_json(answer | {"reason": DECLINED_ON_SOCKET})
        assert phone.receive_json()["type"] == "receipt"
    story.settle()
    coming = story.answer(2, heads=3)["events"][0]["data"]["call"]
    story.does("leader2", f"/me/calls/{coming}/names", {"names": list(CREW)})
    story.does("bo", f"/calls/{coming}/noted", {"did": "set_out", "said_by": SAID_BY})
    headers = {"cookie": story._cookies["bo"], "command-id": story.new_id()}
    assert story.client.post(f"/api/v1/incidents/{incident}/photos", content=photo(), headers=headers).status_code == 201
    story.settle()
    return incident


def opened(realm: Realm, records: list[Record]) -> list[Any]:
    """Every private part of these records, and every photo: what stands behind the mask."""
    events = [realm.core.event(record) for record in records]
    parts: list[Any] = [realm.open_event(event) for event in events if event.sealed is not None]
    incidents = [realm.core.world.look(key) for key in realm.core.world.keys("incident")]
    return parts + [realm.blobs.get(name, f"incident:{incident.id}") for incident in incidents for name in incident.photos]


def states(world: World) -> bytes:
    """Every state, as bytes."""
    return msgspec.json.encode([[key, world.look(key)] for kind in HOUSE.kinds for key in sorted(world.keys(kind.prefix))])


def folded(realm: Realm, records: list[Record]) -> bytes:
    """The world these records make, without looking behind any mask."""
    world = World(HOUSE.kinds)
    for event in map(realm.core.event, records):
        world.apply(without_private(event))
    return states(world)


def without_private(event: Event) -> Event:
    return msgspec.structs.replace(event, sealed=None)


def test_canary_no_plaintext_before_erasure_and_nothing_after_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with told(tmp_path) as story:
        incident = tell(story)
        house = story.house
        told_now = house.realm.log.after(0, 10_000)
        said = opened(house.realm, told_now)
        assert {name: said[0][name] for name in ("caller", "phone", "words", "address")} == {
            "caller": CALLER, "phone": PHONE, "words": WORDS, "address": ADDRESS
        }  # fmt: skip
        assert said[1:-1] == [{"reason": DECLINED}, {"reason": DECLINED_ON_SOCKET}, {"names": list(CREW)}, {"said_by": SAID_BY}]
        assert said[-1].startswith(b"\xff\xd8"), "and the photo"
        fork, before = house.core.world.fork(), folded(house.realm, told_now)
        back_up(house.realm.folder, tmp_path / "backups" / "one", vault=house.realm.vault)
        assert (house.realm.folder.path / "log.db-wal").stat().st_size > 0, "searched too"
        assert found_in(tmp_path / "realm") == found_in(tmp_path / "backups") == []

        erase_all(story, incident)
        assert set(opened(house.realm, told_now)) == {None}
        assert_screens_show_nothing(story)
        assert folded(house.realm, told_now) == before
        assert verify_file(house.realm.folder.log, house.realm.folder.anchors).fault is None
        assert_a_fork_holds_nothing(house, fork, before)
    assert not any(word in caplog.text for word in CANARIES)

    shutil.rmtree(tmp_path / "rows")
    restore(tmp_path / "backups" / "one", Folder(tmp_path / "realm"), open_realm=partial(restored_realm, master=MASTER))
    house = open_town(tmp_path, fill=False)
    assert verify_file(house.realm.folder.log, house.realm.folder.anchors).fault is None
    assert house.realm.log.after(0, len(told_now)) == told_now
    assert set(opened(house.realm, told_now)) == {None}
    assert folded(house.realm, told_now) == before
    assert folded(house.realm, house.realm.log.after(0, 10_000)) == states(house.core.world)
    assert [found and found.name for found in map(house.names.people.get, ("p1", "p2", "p4"))] == [None, None, "王4"]
    house.realm.close()
    assert found_in(tmp_path) == []


def erase_all(story: Teller, incident: str) -> None:
    assert story.client.portal is not None
    for subject in (f"incident:{incident}", "person:p1", "person:p2", "person:p3"):
        story.client.portal.call(erase, story.house, subject)
    story.settle()


def assert_screens_show_nothing(story: Teller) -> None:
    topics = ("board/9901/duty", "board/990101/wall", *(f"me/p{number}" for number in range(1, 13)))
    shown = msgspec.json.encode([story.house.screens.picture_of(topic) for topic in topics]).decode()
    assert not [word for word in CANARIES if word in shown]
    coming = next(item for name, item in story.house.screens.picture_of("me/p2").items() if name.startswith("call/"))
    assert (coming["address"], coming["contact"], coming["words"]) == (None, None, None)
    assert (coming["lon"], coming["lat"]) != (111.05, 30.05), "only the cell is left"


def assert_a_fork_holds_nothing(house: House, fork: World, before: bytes) -> None:
    """Made before the erasure, over the parent's log: it holds the states and not one private part, and opens none."""
    assert states(fork) == before
    assert not [word for word in CANARIES if word in before.decode()]
    assert set(opened(house.realm, house.realm.log.after(0, 10_000))) == {None}
