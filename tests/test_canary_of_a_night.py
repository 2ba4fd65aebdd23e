"""More canaries: what is said of people who are out, by whom and on which number, what a keeper's file holds, who leads a watch, and
the tokens of links. In no file, event or log in plain while it stands, and nowhere once erased."""

import logging
from pathlib import Path
from typing import Any

import pytest

from command.core.backup import back_up
from command.tiers.imports import import_officers
from mobilization.tables import PersonRow
from tests.stories.told import NEED, Teller, told
from tests.test_canary import opened
from tests.town import PASSWORD
from web_console.erasing import erase
from web_console.imports.example import identity

SAID_BY, SAID_ON, DECLINED = "郑canary嫂", "1390canary3", "老人canary住院"
ROLL_BY, ROLL_ON, ROLL_WORDS = "冯canary队", "1390canary4", "左腿canary骨折"
ROLL_WHY = "家属canary确认"
SOS_WORDS, SOS_BY, SOS_ON, SOS_END = "我在canary桥下", "褚canary友", "1390canary5", "已canary送医"
ORDER_WORDS, CANNOT, ORDER_ON = "从东侧canary撤离", "车canary坏了", "1390canary6"
DANGER_WORDS, DANGER_BY, DANGER_ON = "坝脚canary渗水", "卫canary员", "1390canary7"
TEXT, NUMBER = "我canary不认识你", "+8615490908888"
LEADER, LEADER_ON = "赵canary长", "0000-9907771"
SAID = (
    SAID_BY, SAID_ON, DECLINED, ROLL_BY, ROLL_ON, ROLL_WORDS, ROLL_WHY, SOS_WORDS, SOS_BY, SOS_ON, SOS_END, ORDER_WORDS, CANNOT, ORDER_ON,
    DANGER_WORDS, DANGER_BY, DANGER_ON, TEXT, NUMBER[3:], LEADER, LEADER_ON,
)  # fmt: skip
"""Each is in the sealed part of an event."""
KEPT, KEPT_PHONE, BORN = "蒋canary安", "15490907777", "1990-06-06"
BACK, BACK_PHONE, NOTE = "沈canary回", "1549canary0", "备注canary格"
IDENTITY = identity("19900606", 7)
IN_FILE = (KEPT, KEPT_PHONE, BORN, BACK, BACK_PHONE, NOTE, IDENTITY)
"""What a keeper's workbook held: of one line stored sealed, of the other refused and kept nowhere."""


def told_of_the_night(story: Teller) -> str:
    """Three crews are called; all that is said about them is said by somebody else, or on a phone."""
    incident = str(story.raise_fire(needs=[NEED | {"minimum": 5, "maximum": 5}]))
    calls = {number: str(story.open_calls(number)[0]["id"]) for number in (1, 2, 3)}
    story.does("bo", f"/calls/{calls[1]}/noted", {"did": "accept", "said_by": SAID_BY, "said_on": SAID_ON, "heads": 3})
    story.does("bo", f"/calls/{calls[3]}/noted", {"did": "decline", "said_by": "王3", "reason": DECLINED})
    story.does("leader2", f"/me/calls/{calls[2]}/answer", {"answer": "accept", "heads": 2})
    for number in (1, 2):
        for did in ("set_out", "arrived"):
            story.does(f"leader{number}", f"/me/calls/{calls[number]}/progress", {"did": did})
    story.does("bo", f"/incidents/{incident}/roll")
    marks = [{"no": 1, "state": "hurt"}]
    story.does("bo", f"/calls/{calls[1]}/roll", {"marks": marks, "said_by": ROLL_BY, "said_on": ROLL_ON, "words": ROLL_WORDS})
    story.does("bo", f"/incidents/{incident}/roll/close", {"reason": ROLL_WHY})
    story.does("leader2", "/me/sos", {"call": calls[2], "words": SOS_WORDS})
    story.does("bo", "/people/p1/sos", {"said_by": SOS_BY, "said_on": SOS_ON, "call": calls[1]})
    story.does("bo", "/sos/p1/take")
    story.does("bo", "/sos/p1/resolve", {"words": SOS_END})
    order = story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw", "words": ORDER_WORDS})["order"]
    receipt = {"call": calls[1], "receipt": "cannot", "said_by": "王1", "said_on": ORDER_ON, "reason": CANNOT}
    story.does("bo", f"/orders/{order}/noted", receipt)
    story.does("leader2", f"/me/calls/{calls[2]}/dangers", {"kind": "water", "words": DANGER_WORDS})
    danger = {"kind": "water", "said_by": DANGER_BY, "said_on": DANGER_ON}
    story.does("bo", f"/calls/{calls[1]}/dangers", danger)
    story.does("bo", "/watch/take")
    story.does("bo", "/watch/leader", {"name": LEADER, "phone": LEADER_ON})
    body = {"id": story.new_id(), "from": NUMBER, "text": TEXT}
    assert story.client.post("/api/v1/gateway/sms", json=body, headers={"authorization": "Bearer gateway"}).status_code == 200
    story.settle()
    return incident


def brought_by_a_keeper(story: Teller, rows: Path) -> None:
    rows.write_text("id,name,role,post,station\nke,吴站长,keeper,990101001,s1\n", "utf-8")
    assert import_officers(story.house.registry, rows).bad == []
    story.house.accounts.add("ke", kind="officer", subject="ke", password=PASSWORD)
    story.settle()
    story.sign_in("ke")
    listed = f"姓名,手机,身份证号,备注\n{KEPT},{KEPT_PHONE},{IDENTITY},{NOTE}\n{BACK},{BACK_PHONE},,{NOTE}\n"
    headers = {"cookie": story._cookies["ke"], "command-id": story.new_id()}
    answer = story.client.post("/api/v1/imports", content=listed.encode(), headers=headers)
    draft = answer.json()
    assert draft["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 1}, answer.text
    story.does("ke", f"/imports/{draft['draft']}/commit", {"rev": draft["rev"], "leaving": []})
    assert story.call("ke", "GET", f"/imports/{draft['draft']}/refused").status_code == 200


def tokens_of(story: Teller, incident: str) -> list[str]:
    """Of the links by which teams answer, and of the link that binds a phone: opened, and so spent."""
    text = str(story.does("bo", f"/mobilizations/m-{incident}/links")["text"])
    answers = [line.rpartition("/")[2] for line in text.splitlines() if "/a/" in line]
    assert answers
    for token in answers:
        story.client.get(f"/api/v1/links/{token}")
    code = str(story.does("bo", "/people/p4/device_link")["path"]).partition("#k=")[2]
    story.client.cookies.clear()
    bound = story.client.post("/api/v1/me/session/link", json={"code": code})
    assert bound.status_code == 200, bound.text
    session = bound.headers["set-cookie"].partition(";")[0].partition("=")[2]
    story.client.cookies.clear()
    story.settle()
    return [*answers, code, session]


def found_in(folder: Path, words: list[str]) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [f"{word} in {path.name}" for path in files for word in words if word.encode() in path.read_bytes()]


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """All but what the client that asks says of its own requests."""
    return "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))


def test_nothing_said_in_a_night_stands_in_plain_and_nothing_is_left_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with told(tmp_path) as story:
        incident = told_of_the_night(story)
        brought_by_a_keeper(story, tmp_path / "keepers.csv")
        words = [*SAID, *IN_FILE, *tokens_of(story, incident)]
        house = story.house
        records = house.realm.log.after(0, 10_000)
        said = str(opened(house.realm, records))
        assert [word for word in SAID if word not in said] == [], "sealed, every one"
        assert [word for word in IN_FILE if word in said] == []
        back_up(house.realm.folder, tmp_path / "backups" / "one", vault=house.realm.vault)
        assert found_in(tmp_path / "realm", words) == found_in(tmp_path / "backups", words) == []
        public = [record.data for record in records]
        assert not [word for word in words if any(word.encode() in data for data in public)]
        boards = str([house.screens.picture_of(f"board/{post}/duty") for post in ("9901", "990101", "990101001")])
        assert [word for word in words if word in boards] == [LEADER], "boards name who leads a watch, and no more"

        kept = next(id_ for id_, name in names_of(house).items() if name == KEPT)
        reply, leader = (next(name for name in house.core.world.keys(kind)) for kind in ("reply", "watch_leader"))
        assert story.client.portal is not None
        for subject in (f"incident:{incident}", *(f"person:{who}" for who in ("p1", "p2", "p3", kept)), reply, leader):
            story.client.portal.call(erase, house, subject)
        story.settle()
        left = str(opened(house.realm, house.realm.log.after(0, 10_000)))
        assert [word for word in words if word in left] == []
        assert names_of(house)[kept] is None
        topics = ("board/9901/duty", "board/990101/duty", *(f"me/p{number}" for number in range(1, 13)))
        shown = str([house.screens.picture_of(topic) for topic in topics])
        assert [word for word in words if word in shown] == []
    assert [word for word in words if word in logged(caplog)] == []
    assert found_in(tmp_path / "realm", words) == []


def names_of(house: Any) -> dict[str, Any]:
    """The names of everybody the registry knows, as opened."""
    with house.registry.read() as session:
        rows = session.query(PersonRow).all()
    return {row.id: house.registry.open(f"person:{row.id}", row.sealed).get("name") for row in rows}
