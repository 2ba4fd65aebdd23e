"""One outside channel: at once where the page sleeps, after a minute unread where it is awake, never twice, then the deputy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from command.core import door
from command.core.errors import Busy
from mobilization import StandDown
from tests.kit import COUNTY
from tests.stories.told import Teller, told
from web_console.pager import Channel


class Gateway(Channel):
    """A stand-in for an SMS gateway with a ledger of its own."""

    name = "sms"

    def __init__(self) -> None:
        self.ledger: list[tuple[str, str, str]] = []
        self.fails = False

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        if self.fails:
            raise OSError
        self.ledger.append((phone, text, reference))


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def story(tmp_path: Path, gateway: Gateway) -> Iterator[Teller]:
    with told(tmp_path, channels=(gateway,)) as teller:
        yield teller


def test_a_sleeping_phone_gets_its_message_at_once_and_only_once(story: Teller, gateway: Gateway) -> None:
    incident = story.raise_fire()
    assert sorted(phone for phone, _, _ in gateway.ledger) == [f"1990000000{n}" for n in (1, 2, 3, 4)]
    assert all("江滨" not in text and "火灾" not in text for _, text, _ in gateway.ledger)
    story.fast_forward(61)
    assert len(gateway.ledger) == len({reference for _, _, reference in gateway.ledger}) == 4
    assert {c["sent"] for c in story.board(incident)["calls"]} == {"sent"}


def heard_to_ring(story: Teller, number: int) -> None:
    """The leader's phone was heard to ring."""
    story.does(f"leader{number}", "/me/phone_test", {"heard": True, "felt": False, "notified": False})
    story.house.screens.presence.heard(f"p{number}")


def test_a_lit_page_on_a_phone_never_heard_to_ring_is_not_trusted(story: Teller, gateway: Gateway) -> None:
    heard_to_ring(story, 1)
    story.house.screens.presence.heard("p2")
    story.raise_fire()
    assert sorted(phone for phone, _, _ in gateway.ledger) == [f"1990000000{n}" for n in (2, 3, 4)]


def test_a_waking_phone_that_shows_nothing_gets_it_after_a_minute(story: Teller, gateway: Gateway) -> None:
    for number in (1, 2, 3, 4):
        heard_to_ring(story, number)
    story.raise_fire()
    assert gateway.ledger == []
    seen = story.open_calls(1)[0]["id"]
    story.does("leader1", f"/me/calls/{seen}/seen")
    story.fast_forward(59)
    assert gateway.ledger == []
    story.fast_forward(2)
    assert len(gateway.ledger) == 3


def test_a_failed_message_is_not_repeated_and_the_deputy_is_called(story: Teller, gateway: Gateway) -> None:
    gateway.fails = True
    incident = story.raise_fire()
    calls = story.board(incident)["calls"]
    assert all(c["state"] == "lapsed" for c in calls if c["role"] == "leader")
    assert any(c["role"] == "deputy" for c in calls)
    assert gateway.ledger == []


def test_a_start_without_an_end_after_a_restart_is_unknown_and_not_sent_again(
    story: Teller, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    pager = story.house.pager
    with monkeypatch.context() as dead:
        dead.setattr(pager, "send_waiting", _nothing_sent)
        incident = story.raise_fire()
    pager.give_up_on_the_past(story.house.core.position)
    story.settle()
    first = [c for c in story.board(incident)["calls"] if c["wave"] == 1]
    assert {c["sent"] for c in first} == {"unknown"}
    references = [reference for _, _, reference in gateway.ledger]
    assert not {f"{c['id']}/sms" for c in first} & set(references)


def test_whoever_was_to_come_and_sleeps_hears_that_it_is_over(story: Teller, gateway: Gateway) -> None:
    incident = story.raise_fire()
    call = story.board(incident)["calls"][0]
    story.does("bo", f"/calls/{call['id']}/noted", {"did": "accept", "said_by": "队长", "heads": 3})
    story.house.screens.presence.heard("p2")
    gateway.ledger.clear()
    story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    told_to = {reference.partition("/")[0] for _, _, reference in gateway.ledger}
    assert call["id"] in told_to
    assert all("不用前往" in text for _, text, _ in gateway.ledger)
    assert "19900000002" not in {phone for phone, _, _ in gateway.ledger}, "who looks at the page needs no message"
    story.fast_forward(300)
    assert len(gateway.ledger) == len({reference for _, _, reference in gateway.ledger})


def test_a_message_that_was_not_sent_yet_when_the_call_ended_is_not_sent(
    story: Teller, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(story.house.pager, "send_waiting", _nothing_sent)
        incident = story.raise_fire()
        story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    story.settle()
    assert gateway.ledger == []
    assert {call["sent"] for call in story.board(incident)["calls"]} == {"not_needed"}


def test_a_page_that_shows_the_call_keeps_it_although_the_message_failed(
    story: Teller, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page woke up between the wave and the failed message."""
    with monkeypatch.context() as slow:
        slow.setattr(story.house.pager, "send_waiting", _nothing_sent)
        story.raise_fire()
        call = story.open_calls(1)[0]["id"]
        story.does("leader1", f"/me/calls/{call}/seen")
    gateway.fails = True
    story.settle()
    assert [each["id"] for each in story.open_calls(1)] == [call]
    assert story.open_calls(2) == [], "whose page slept was not reached"


def test_what_a_busy_door_does_not_record_at_once_is_recorded_later_and_not_sent_twice(
    story: Teller, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(story.house.pager, "send_waiting", _nothing_sent)
        incident = story.raise_fire()
    assert story.client.portal is not None
    with monkeypatch.context() as crowded, pytest.raises(Busy):
        crowded.setattr(door, "WAITING_MOST", 0)
        story.client.portal.call(story.house.pager.send_waiting)
    assert len(gateway.ledger) == 4
    story.settle()
    assert {call["sent"] for call in story.board(incident)["calls"] if call["wave"] == 1} == {"sent"}
    assert len(gateway.ledger) == len({reference for _, _, reference in gateway.ledger}) == 4


async def _nothing_sent() -> int:
    return 0


def test_who_was_told_to_come_while_it_ended_is_told_that_too_and_once(
    story: Teller, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-down falls into the moment in which the gateway sends the first message."""
    send, house, ended = gateway.send, story.house, list[str]()

    async def slowly(*, phone: str, text: str, reference: str) -> None:
        if not ended:
            ended.append(next(key for key in house.core.world.keys("mobilization")).partition(":")[2])
            await house.ask(StandDown(mobilization=ended[0]), actor="officer:bo", authority=COUNTY, command_id="over")
            await house.tail.drain()
        await send(phone=phone, text=text, reference=reference)

    monkeypatch.setattr(gateway, "send", slowly)
    story.raise_fire()
    story.fast_forward(120)
    called = sorted(phone for phone, text, _ in gateway.ledger if "有任务召集" in text)
    over = sorted(phone for phone, text, _ in gateway.ledger if "不用前往" in text)
    assert called
    assert called == over
