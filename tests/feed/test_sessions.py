"""Sessions over a hub: who is woken, who comes back, who says too much."""

from functools import partial
from typing import Any

import msgspec
import pytest

from command.core.errors import LogUnavailable
from tests.feed.kit import TOPICS, Client, World
from web_console.feed import resting
from web_console.feed.hub import Hub
from web_console.feed.session import TOPICS_MOST, Bye, Session


def test_who_resumed_where_nothing_was_sent_yet_gets_what_changes_there() -> None:
    world = World()
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    session = Session(hub, may_follow=lambda _: True)
    session.receive('{"type":"follow","topic":"me/p1","epoch":"e1","after":1}')
    assert session.pull() == []
    world.items["me/p1"]["a"] = 3
    hub.touch(["a"], topics=["me/p1"])
    hub.flush()
    assert [msgspec.json.decode(frame)["items"] for frame in session.pull()] == [{"a": {"v": 3}}]


def test_a_stalled_client_holds_nothing_and_gets_one_wider_diff() -> None:
    world = World()
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    sessions = [Session(hub, may_follow=lambda _: True) for _ in range(1000)]
    for session in sessions:
        session.receive('{"type":"follow","topic":"board/1/duty"}')
        session.pull()
    for number in range(300):
        world.position += 1
        world.items["board/1/duty"]["a"] = number
        hub.touch(["a"], topics=TOPICS)
        hub.flush()
        for session in sessions[1:]:
            assert len(session.pull()) == 1
    frames = sessions[0].pull()
    assert [msgspec.json.decode(f)["type"] for f in frames] == ["diff"]
    assert msgspec.json.decode(frames[0])["put"] == {"a": {"v": 299}}
    assert len(hub._topics["board/1/duty"]._encoded) <= 2, "one diff for those who keep up, one for who does not"


def test_a_change_wakes_only_who_follows_its_topic_and_looks_at_no_other() -> None:
    world, woken, looked = World(), list[str](), list[str]()
    world.items |= {f"me/p{number}": {} for number in range(100)}

    def show(topic: str, item: str) -> bytes | None:
        looked.append(topic)
        return World.show(world, topic, item)

    world.show = show  # type: ignore[method-assign]
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    for number in range(100):
        name = f"me/p{number}"
        session = Session(hub, may_follow=lambda _: True, wake=partial(woken.append, name))
        session.receive(f'{{"type":"follow","topic":"{name}"}}')
    world.position, world.items["me/p7"]["a"] = 2, 1
    hub.touch(["a"], topics=["me/p7", "me/nobody"])
    assert hub.flush() is True
    assert (woken, looked) == (["me/p7"], ["me/p7"])
    assert hub.flush() is False


def test_garbage_is_answered_and_in_the_end_shown_the_door() -> None:
    world = World()
    session = Session(Hub(world, epoch=lambda: "e1", position=lambda: 1), may_follow=lambda _: True)
    for text in (
        "",
        "[]",
        "{}",
        '{"type":"follow"}',
        '{"type":"follow","topic":"me/p1","x":1}',
        "\ud800",
        '{"type":"seen","ids":[1]}',
    ):
        assert session.receive(text) is None
        refusal = msgspec.json.decode(session.pull()[0])
        assert refusal["code"] == "frame.malformed"
        assert all(refusal["title"][language] for language in ("zh", "en"))
    assert session.receive("[" * 16_000) is None, "deep nesting is garbage too"
    assert session.receive("x" * 20_000) == Bye(4413)
    assert [session.receive("x") for _ in range(20)][-1] == Bye(4400)


def test_a_client_that_never_reads_keeps_only_the_newest_refusals() -> None:
    session = Session(Hub(World(), epoch=lambda: "e1", position=lambda: 1), may_follow=lambda _: False)
    for number in range(5_000):
        session.receive(f'{{"type":"follow","topic":"board/{number}/duty"}}')
    assert len(session.pull()) <= 65


def test_a_lone_client_that_comes_back_gets_a_diff() -> None:
    world = World()
    world.items["me/p1"] |= {"a": 1, "b": 2}
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    assert [frame["type"] for frame in connect_and_leave(hub, after=None)] == ["snapshot"]
    world.position, world.items["me/p1"]["b"] = 2, 3
    hub.touch(["b"], topics=["me/p1"])
    (frame,) = connect_and_leave(hub, after=1)
    assert (frame["type"], frame["put"]) == ("diff", {"b": {"v": 3}})
    assert connect_and_leave(hub, after=2) == []


def test_what_rests_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "ITEMS_MOST", 10)
    monkeypatch.setattr(resting, "TOUCHED_MOST", 3)
    world = World()
    world.items |= {f"me/p{number}": {"a": 1} for number in range(100)}
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    for number in range(100):
        connect_and_leave(hub, after=None, person=f"p{number}")
    assert list(hub._resting._kept) == [f"me/p{number}" for number in range(95, 100)]
    hub.touch(["a", "b", "c", "d"], topics=["me/p99"])
    assert "me/p99" not in hub._resting._kept
    assert (hub._topics, hub._followers, hub._dirty) == ({}, {}, {})


def test_a_topic_followed_already_may_be_followed_again_when_no_further_may() -> None:
    world = World()
    world.items |= {f"board/{number}/duty": {} for number in range(TOPICS_MOST + 1)}
    session = Session(Hub(world, epoch=lambda: "e1", position=lambda: 1), may_follow=lambda _: True)
    follow = '{{"type":"follow","topic":"board/{}/duty"}}'
    for number in range(TOPICS_MOST):
        session.receive(follow.format(number))
    session.pull()
    session.receive(follow.format(0))
    session.receive(follow.format(TOPICS_MOST))
    refused, again = (msgspec.json.decode(frame) for frame in session.pull())
    assert (refused["code"], refused["facts"]["most"]) == ("topic.too_many", TOPICS_MOST)
    assert (again["type"], again["topic"]) == ("snapshot", "board/0/duty")


def connect_and_leave(hub: Hub, *, after: int | None, person: str = "p1") -> list[dict[str, Any]]:
    session = Session(hub, may_follow=lambda _: True)
    follow = {"type": "follow", "topic": f"me/{person}", "epoch": "e1", "after": after}
    session.receive(msgspec.json.encode(follow).decode())
    frames = session.pull()
    session.close()
    return [msgspec.json.decode(frame) for frame in frames]


def test_what_fails_to_be_shown_is_shown_with_the_next_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vault that is locked for a moment: no screen keeps an old item for it."""
    world, topic = World(), TOPICS[0]
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    client, session = Client(topic), Session(hub, may_follow=lambda _: True)
    session.receive(f'{{"type":"follow","topic":"{topic}"}}')
    take(client, session)
    world.position += 1
    world.items[topic] |= {"a": 1, "b": 2}
    hub.touch(["a", "b"], topics=[topic])
    show, fails = world.show, [1]

    def fail_once(name: str, item: str) -> bytes | None:
        if fails:
            fails.pop()
            raise LogUnavailable(why="vault is locked")
        return show(name, item)

    monkeypatch.setattr(world, "show", fail_once)
    with pytest.raises(LogUnavailable):
        hub.flush()
    hub.flush()
    take(client, session)
    assert client.items == {"a": {"v": 1}, "b": {"v": 2}}


def test_a_topic_that_is_left_while_names_change_does_not_rest_with_old_ones() -> None:
    world, topic = World(), TOPICS[0]
    hub = Hub(world, epoch=lambda: "e1", position=lambda: world.position)
    world.items[topic]["a"] = 1
    for _ in range(2):
        session = Session(hub, may_follow=lambda _: True)
        session.receive(f'{{"type":"follow","topic":"{topic}"}}')
        client = Client(topic)
        take(client, session)
        world.items[topic]["a"] = 2  # beside the log
        hub.renew("board/")
        session.close()
    assert client.items == {"a": {"v": 2}}


def take(client: Client, session: Session) -> None:
    for frame in session.pull():
        client.take(msgspec.json.decode(frame))
