"""Orders, roll calls and danger to crews whose phone sleeps: by the channels that call them, once; who comes later hears what is in force."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.test_marked_at_a_task import looks_again, marks
from tests.stories.test_people_who_are_out import night
from tests.stories.test_reaching_outside import Gateway, heard_to_ring
from tests.stories.told import Teller, told
from web_console.pager import Channel

WORDS = "从东侧canary撤"
WITHDRAW = "【集结】指令：立即撤离。请打开集结点“收到”，或致电指挥中心。"
DANGER = "【集结】任务地点新标出危险区，不要进入。请打开集结看范围，或致电指挥中心。"
ROLL = "【集结】正在点名，请打开集结报告全队情况，或致电指挥中心。"


class Voice(Channel):
    """A stand-in for a gateway that rings telephones."""

    name = "voice"

    def __init__(self) -> None:
        self.ledger: list[tuple[str, str]] = []

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        self.ledger.append((phone, text))


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def voice() -> Voice:
    return Voice()


@pytest.fixture
def story(tmp_path: Path, gateway: Gateway, voice: Voice) -> Iterator[Teller]:
    with told(tmp_path, channels=(gateway, voice)) as teller:
        yield teller


def texts(gateway: Gateway, word: str) -> list[tuple[str, str]]:
    return sorted((phone, text) for phone, text, _ in gateway.ledger if word in text)


def test_an_order_reaches_sleeping_crews_by_text_once_and_who_is_awake_by_the_page(story: Teller, gateway: Gateway) -> None:
    incident, calls = night(story)
    heard_to_ring(story, 1)
    order = {"kind": "withdraw", "words": WORDS}
    story.does("bo", f"/incidents/{incident}/orders", order)
    assert texts(gateway, "立即撤离") == [("19900000002", WITHDRAW), ("19900000003", WITHDRAW)]
    assert "canary" not in str(gateway.ledger), "its words stay behind the sign-in"
    assert [each["kind"] for each in story.sees("leader1", "/me")[f"call/{calls[1]}"]["orders"]] == ["withdraw"]
    story.fast_forward(300)
    assert len(texts(gateway, "立即撤离")) == 2
    assert len(gateway.ledger) == len({reference for _, _, reference in gateway.ledger})
    story.does("bo", f"/incidents/{incident}/orders", order | {"kind": "other"})
    assert len(texts(gateway, "有新指令")) == 3, "the page of the first sleeps by now"


def test_who_was_told_of_an_order_by_text_hears_by_text_that_it_was_called_off(
    story: Teller, gateway: Gateway, voice: Voice
) -> None:
    incident, calls = night(story)
    heard_to_ring(story, 1)
    order = story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw", "words": WORDS})["order"]
    gateway.ledger.clear()
    story.does("bo", f"/orders/{order}/call_off")
    off = "【集结】指令已取消：立即撤离，不再执行。下一步听现场指挥，或致电指挥中心。"
    assert texts(gateway, "立即撤离") == [("19900000002", off), ("19900000003", off)]
    assert story.sees("leader1", "/me")[f"call/{calls[1]}"]["orders"][0]["called_off_ms"], "who is awake sees it on the page"
    story.fast_forward(300)
    assert len(gateway.ledger) == 2
    gateway.fails = True
    words = story.does("bo", f"/incidents/{incident}/orders", {"kind": "other", "words": WORDS})["order"]
    voice.ledger.clear()
    story.does("bo", f"/orders/{words}/call_off")
    assert all("刚才的指令已取消" in text for _, text in voice.ledger), "a text that fails is followed by a voice"
    assert len(voice.ledger) == 3


def test_a_text_that_fails_is_followed_by_a_voice(story: Teller, gateway: Gateway, voice: Voice) -> None:
    incident, _ = night(story)
    voice.ledger.clear()
    gateway.fails = True
    story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw"})
    assert sorted(phone for phone, _ in voice.ledger) == ["19900000001", "19900000002", "19900000003"]
    assert all("立即撤离" in text for _, text in voice.ledger)


def test_a_roll_call_reaches_sleeping_crews_and_who_joins_it(story: Teller, gateway: Gateway) -> None:
    incident, calls = night(story, seats=11)
    heard_to_ring(story, 1)
    story.does("bo", f"/incidents/{incident}/roll")
    assert texts(gateway, "点名") == [("19900000002", ROLL), ("19900000003", ROLL)]
    late = str(story.answer(4)["events"][0]["data"]["call"])
    story.does("bo", f"/calls/{late}/noted", {"did": "set_out", "said_by": "队长", "on_known": True})
    assert len(texts(gateway, "点名")) == 3
    story.does("leader2", f"/me/calls/{calls[2]}/roll", {"marks": [{"no": no, "state": "safe"} for no in (1, 2, 3)]})
    assert len(texts(gateway, "点名")) == 3


def test_danger_that_is_marked_reaches_crews_whose_phone_sleeps(story: Teller, gateway: Gateway) -> None:
    incident, _ = night(story)
    heard_to_ring(story, 1)
    zone = marks(story, incident)
    assert texts(gateway, "危险区") == [("19900000002", DANGER), ("19900000003", DANGER)]
    looks_again(story, zone)
    marks(story, incident, kind="closure", shuts=["car"], depth_cm=None)
    marks(story, "")
    assert len(texts(gateway, "危险区")) == 2, "once; a closed road alone is no danger, and ground of no task is nobody's"


def test_what_was_read_before_it_could_be_sent_is_not_sent(
    story: Teller, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident, calls = night(story)

    async def nothing() -> int:
        return 0

    with monkeypatch.context() as slow:
        slow.setattr(story.house.pager, "send_waiting", nothing)
        order = story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw"})["events"][0]["data"]["order"]
        story.does("leader1", f"/me/calls/{calls[1]}/orders/{order}", {"receipt": "received"})
    story.settle()
    assert [phone for phone, _ in texts(gateway, "立即撤离")] == ["19900000002", "19900000003"]


def test_who_says_yes_after_a_withdrawal_was_ordered_sees_it_at_once(story: Teller, gateway: Gateway) -> None:
    incident, _ = night(story, seats=11)
    story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw", "words": WORDS})
    gateway.ledger.clear()
    call = str(story.answer(4, heads=1)["events"][0]["data"]["call"])
    mine = story.sees("leader4", "/me")[f"call/{call}"]["orders"]
    assert [(each["kind"], each["words"], each["said"]) for each in mine] == [("withdraw", WORDS, "")]
    assert texts(gateway, "立即撤离") == [("19900000004", WITHDRAW)]
    order = story.house.screens.picture_of("board/990101/duty")[f"order/{mine[0]['id']}"]
    assert [each["call"] for each in order["receipts"]][-1] == call


def test_an_order_called_off_binds_nobody_who_comes_later_and_both_sides_see_it(story: Teller, gateway: Gateway) -> None:
    incident, calls = night(story, seats=11)
    order = story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw"})["order"]
    assert story.call("cy", "POST", f"/orders/{order}/call_off", {}).json()["code"] == "authority.division"
    story.does("bo", f"/orders/{order}/call_off")
    assert story.house.screens.picture_of("board/990101/duty")[f"order/{order}"]["called_off_ms"] == story.clock.wall_ms()
    mine = story.sees("leader1", "/me")[f"call/{calls[1]}"]["orders"]
    assert [(each["said"], each["called_off_ms"] is None) for each in mine] == [("", False)]
    gateway.ledger.clear()
    late = str(story.answer(4, heads=1)["events"][0]["data"]["call"])
    assert story.sees("leader4", "/me")[f"call/{late}"]["orders"] == []
    assert texts(gateway, "立即撤离") == []
