"""Canaries: what people say in private is in no file in plain, and after erasure nowhere at all, backups included."""

import logging
import shutil
from pathlib import Path

import pytest

from command.core.backup import back_up
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.realm import Folder, Realm
from command.core.restoring import WHY, restore
from command.core.verify import verify
from tests.rules import HOUSE
from tests.stories.told import NEED, Teller, told
from tests.town import MASTER, PASSWORD, open_town
from web_console.pager import Channel

CANARIES = ("赵canary燕", "1390canary1", "文canary昌里", "三canary楼", "家里canary有事", "1390canary-login")
FIRE = {
    "category": "20700", "severity": 4, "needs": [NEED], "order": True,
    "place": {"lon": 111.05, "lat": 30.05, "private_home": True, "address": CANARIES[2]},
    "report": {"caller": CANARIES[0], "phone": CANARIES[1], "words": CANARIES[3]},
}  # fmt: skip


def found_in(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [f"{word} in {path.name}" for path in files for word in CANARIES if word.encode() in path.read_bytes()]


def restored_realm(folder: Folder) -> Realm:
    return Realm(folder, rules=HOUSE, clock=ManualClock(), chance=SeededChance(8), master=MASTER, replaced=WHY)


def tell(story: Teller) -> str:
    incident = str(story.does("bo", "/incidents", FIRE)["incident"])
    story.answer(1, "decline", reason=CANARIES[4])
    story.answer(2, heads=3)
    return incident


def test_canary_no_plaintext_before_erasure_and_nothing_after_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channels: tuple[Channel, ...] = ()
    with told(tmp_path, channels=channels) as story:
        story.house.accounts.add(CANARIES[5], kind="person", subject="p3", password=PASSWORD)
        incident = tell(story)
        after = next(i for n, i in story.sees("leader2", "/me").items() if n.startswith("call/") and i["state"] == "accepted")
        assert (after["address"], after["contact"]) == (CANARIES[2], CANARIES[1])
        house = story.house
        back_up(house.realm.folder, tmp_path / "backups" / "one", vault=house.realm.vault)
        assert found_in(tmp_path / "realm") == found_in(tmp_path / "backups") == []
        assert story.client.portal is not None
        for subject in (f"incident:{incident}", "person:p1"):
            story.client.portal.call(house.erase, subject)
        story.settle()
        erased = next(i for n, i in story.sees("leader2", "/me").items() if n.startswith("call/") and i["state"] == "accepted")
        assert (erased["address"], erased["contact"], erased["words"]) == (None, None, None)
        assert (erased["lon"], erased["lat"]) != (111.05, 30.05), "only the cell is left"
        verdict = verify(house.realm.log, house.realm.folder.anchors)
        assert verdict.fault is None
    assert not any(word in caplog.text for word in CANARIES)

    shutil.rmtree(tmp_path / "rows")
    restore(tmp_path / "backups" / "one", Folder(tmp_path / "realm"), open_realm=restored_realm)
    house = open_town(tmp_path, fill=False)
    raised = next(event for r in house.realm.log.after(0, 1000) if (event := house.core.event(r)).name == "incident.raised")
    assert house.realm.open_event(raised) is None
    assert [found and found.name for found in map(house.names.people.get, ("p1", "p2"))] == [None, "王2"]
    house.realm.close()
    assert found_in(tmp_path) == []
