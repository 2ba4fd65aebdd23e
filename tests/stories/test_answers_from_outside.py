"""Leaders whose phone sleeps answer by text and keypad; what cannot be placed gets one honest reply and lies on the desk's list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mobilization.imports import import_people
from tests.stories.told import Teller, told
from web_console.pager import Channel, NotSent
from web_console.sms import call_text, over_text, unplaced_text

SEGMENT, SEGMENT_OF_MANY = 70, 67


class Way(Channel):
    """A stand-in for a gateway: what it was given, and whether it fails."""

    answers = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.ledger: list[tuple[str, str]] = []
        self.fails = False

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        if self.fails:
            raise NotSent
        self.ledger.append((phone, text))

    def told(self, number: int) -> list[str]:
        """What this leader was told."""
        return [text for phone, text in self.ledger if phone.endswith(f"1990000{number:04d}")]


@pytest.fixture
def sms() -> Way:
    return Way("sms")


@pytest.fixture
def story(tmp_path: Path, sms: Way) -> Iterator[Teller]:
    with told(tmp_path, channels=(sms,)) as teller:
        yield teller


def texts(story: Teller, number: int, text: str, *, id_: str = "", key: str = "gateway") -> Any:
    """A leader texts; the gateway brings it, with the prefix of China."""
    body = {"id": id_ or story.new_id(), "from": f"+861990000{number:04d}", "text": text, "gateway_own_field": 1}
    answer = story.client.post("/api/v1/gateway/sms", json=body, headers={"authorization": f"Bearer {key}"})
    story.settle()
    return answer


def call_of(story: Teller, incident: str, number: int) -> dict[str, Any]:
    found = [c for c in story.board(incident)["calls"] if c["person"] == f"p{number}"]
    return dict(found[-1])


def waiting(story: Teller, who: str = "bo") -> list[dict[str, Any]]:
    """The replies on a desk's list."""
    post = {"bo": "990101", "ana": "9901"}[who]
    return [item for name, item in story.house.screens.picture_of(f"board/{post}/duty").items() if name.startswith("reply/")]


def test_a_sleeping_leader_answers_by_text(story: Teller, sms: Way) -> None:
    incident = story.raise_fire(needs=[{"speciality": "FIRST_AID", "minimum": 6, "maximum": 9}])
    assert "回复1我能去" in sms.told(1)[0]
    assert texts(story, 1, "1 3").json() == {"taken": True, "result": "answered"}
    call = call_of(story, incident, 1)
    assert (call["state"], call["seated"], call["answered_by"]) == ("accepted", 3, "sms")
    assert "已记下：我能去，3人" in sms.told(1)[1]
    texts(story, 1, "4人")
    assert call_of(story, incident, 1)["seated"] == 4
    texts(story, 2, "３　３０")
    assert call_of(story, incident, 2)["state"] == "later"
    texts(story, 3, "去不了")
    assert call_of(story, incident, 3)["state"] == "declined"
    assert waiting(story) == []


def test_whoever_comes_later_than_needed_is_told_that_nearer_ones_go_first(story: Teller, sms: Way) -> None:
    by_ms = story.clock.wall_ms() + 20 * 60_000
    incident = story.raise_fire(needs=[{"speciality": "FIRST_AID", "minimum": 3, "maximum": 4, "by_ms": by_ms}])
    texts(story, 1, "3 4 40分钟")
    call = call_of(story, incident, 1)
    assert (call["state"], call["standby_no"], call["late"]) == ("standby", 1, True)
    assert "候补第1，请原地待命，近队去不了会再召集" in sms.told(1)[-1]
    assert len(sms.told(1)[-1]) <= SEGMENT
    assert story.sees("leader1", "/me")[f"call/{call['id']}"]["late"] is True
    texts(story, 2, "1 4")
    assert call_of(story, incident, 2)["state"] == "accepted"


def test_the_same_message_brought_twice_is_one_answer_and_one_reply(story: Teller, sms: Way) -> None:
    incident = story.raise_fire()
    texts(story, 1, "1 2", id_="m1")
    story.does("bo", f"/calls/{call_of(story, incident, 1)['id']}/noted", {"did": "decline", "said_by": "王"})
    position = story.house.core.position
    assert texts(story, 1, "1 2", id_="m1").status_code == 200
    assert story.house.core.position == position
    assert call_of(story, incident, 1)["state"] == "declined"
    for _ in range(2):
        texts(story, 1, "你是谁", id_="m2")
    assert len([text for text in sms.told(1) if "没有看懂" in text]) == 1
    assert len(waiting(story)) == 1


def test_with_two_calls_on_one_telephone_a_letter_says_which(story: Teller, sms: Way, tmp_path: Path) -> None:
    """Two leaders share a telephone."""
    rows = tmp_path / "shared.csv"
    head = "id,name,phone,birth_date,division,insured_until,credentials,simulated"
    rows.write_text(f"{head}\np2,王2,19900000001,1990-01-01,990101,2099-01-01,FIRST_AID:2099-01-01,1\n", "utf-8")
    assert import_people(story.house.registry, rows).bad == []
    story.settle()
    incident = story.raise_fire()
    first, second = sms.told(1)
    assert "A1我能去" in first
    assert "B1我能去" in second
    assert texts(story, 1, "1").json()["result"] == "several"
    assert "A为" in sms.told(1)[-1]
    assert [item["why"] for item in waiting(story)] == ["several"]
    texts(story, 1, "b1 2")
    assert [call_of(story, incident, n)["state"] for n in (1, 2)] == ["open", "accepted"]
    texts(story, 1, "1")
    assert call_of(story, incident, 1)["state"] == "accepted", "one is open: no letter is needed"


def test_a_strange_number_gets_one_honest_reply_and_lies_on_the_list(story: Teller, sms: Way) -> None:
    story.raise_fire()
    body = {"id": "x", "from": "13800138000", "text": "我家着火了"}
    for number in range(6):
        story.client.post("/api/v1/gateway/sms", json=body | {"id": f"x{number}"}, headers={"authorization": "Bearer gateway"})
    story.settle()
    assert [phone for phone, text in sms.ledger if "不是登记" in text] == ["13800138000"] * 3, "no machine is answered for ever"
    assert waiting(story) == [], "nobody's: the city's desk looks after it"
    found = waiting(story, "ana")
    assert {item["why"] for item in found} == {"unknown_number"}
    assert "13800138000" not in str(found)
    opened = story.does("ana", f"/replies/{found[0]['id']}/sealed")
    assert opened["sealed"] == {"number": "13800138000", "words": "我家着火了"}
    story.does("ana", f"/replies/{found[0]['id']}/handled")
    assert len(waiting(story, "ana")) == len(found) - 1
    assert story.call("bo", "POST", f"/replies/{found[1]['id']}/sealed", {}).json()["code"] == "reply.unknown"
    assert story.call("bo", "POST", f"/replies/{found[1]['id']}/handled", {}).status_code == 403


def test_after_the_stand_down_a_yes_is_told_what_it_meant(story: Teller, sms: Way) -> None:
    incident = story.raise_fire()
    story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    texts(story, 1, "1")
    assert "不用前往" in sms.told(1)[-1]
    story.fast_forward(13 * 3600)
    assert texts(story, 1, "1").json()["result"] == "no_call"
    assert "没有给您的任务召集" in sms.told(1)[-1]
    assert texts(story, 9, "1").json()["result"] == "no_call"


def test_only_the_gateway_brings_anything_and_not_for_ever(story: Teller) -> None:
    story.raise_fire()
    codes = [texts(story, 1, "1", key="guess").json()["code"] for _ in range(12)]
    assert codes == ["gateway.secret"] * 10 + ["gateway.slow"] * 2
    many = [texts(story, 1, "?", id_=str(n)).status_code for n in range(22)]
    assert many[-1] == 429
    huge = {"id": "1", "from": "1", "text": "1" * 9000}
    answer = story.client.post("/api/v1/gateway/sms", json=huge, headers={"authorization": "Bearer gateway"})
    assert answer.status_code == 413


def test_keys_pressed_in_a_call_are_an_answer(tmp_path: Path, sms: Way) -> None:
    """The ladder: a text at once, the voice gateway half a minute later, each once."""
    voice = Way("voice")
    with told(tmp_path, channels=(sms, voice)) as story:
        incident = story.raise_fire()
        assert voice.ledger == []
        story.fast_forward(31)
        assert len(voice.ledger) == len(sms.ledger) == 4
        call = call_of(story, incident, 1)
        press = {"reference": f"{call['id']}/voice", "keys": "12#"}
        answer = story.client.post("/api/v1/gateway/voice", json=press, headers={"authorization": "Bearer gateway"})
        story.settle()
        assert answer.json()["say"].startswith("已记下：我能去，2人")
        assert call_of(story, incident, 1)["answered_by"] == "voice"
        story.fast_forward(31)
        assert len(voice.told(1)) == 1


def test_a_failed_text_goes_on_by_the_next_channel_and_only_then_is_nobody_reached(tmp_path: Path, sms: Way) -> None:
    voice = Way("voice")
    sms.fails = True
    with told(tmp_path, channels=(sms, voice)) as story:
        incident = story.raise_fire()
        assert len(voice.ledger) == 4
        assert {c["state"] for c in story.board(incident)["calls"]} == {"open"}
        ways = story.house.screens.picture_of("board/990101/duty")
        assert ways["channel/sms"] == {"name": "sms", "state": "failing", "signal": "", "waiting": 0}
        assert ways["channel/voice"]["state"] == "ok"


def test_every_text_fits_its_segments() -> None:
    one = [call_text(answers=True, letter=""), call_text(answers=False, letter=""), over_text(), unplaced_text("unknown_number")]
    two = [call_text(answers=True, letter="B"), unplaced_text("unreadable"), unplaced_text("several", (("A", 0), ("B", 1)))]
    assert all(len(text) <= SEGMENT for text in one), [len(text) for text in one]
    assert all(len(text) <= 2 * SEGMENT_OF_MANY for text in two)
