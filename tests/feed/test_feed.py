"""The feed under random weather: whatever is sent late, lost or resumed, at every quiet point a client sees what it may."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from web_console.feed.hub import Hub
from web_console.feed.session import Bye, Session
from web_console.feed.topic import DROPS_REMEMBERED, Mark, Topic

TOPICS = ("board/1/duty", "board/2/duty", "me/p1")


class World:
    """Items that belong to topics; the truth the clients must come to see."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, int]] = {topic: {} for topic in TOPICS}
        self.position, self.epoch = 1, "e1"

    def items_of(self, topic: str) -> Iterable[str]:
        return list(self.items[topic])

    def show(self, topic: str, item: str) -> bytes | None:
        value = self.items[topic].get(item)
        return None if value is None else msgspec.json.encode({"v": value})


class Client:
    """The rules of docs/socket.md, and nothing else."""

    def __init__(self, topic: str) -> None:
        self.topic, self.items, self.position, self.epoch = topic, dict[str, Any](), -1, ""
        self.lost = False

    def take(self, frame: dict[str, Any]) -> None:
        if frame.get("topic") != self.topic:
            return
        if frame["type"] == "snapshot":
            self.items, self.position, self.epoch, self.lost = dict(frame["items"]), frame["position"], frame["epoch"], False
        elif frame["type"] == "diff":
            if frame["epoch"] != self.epoch or frame["from"] > self.position:
                self.lost = True
            elif frame["position"] > self.position:
                self.items = {k: v for k, v in {**self.items, **frame["put"]}.items() if k not in frame["drop"]}
                self.position = frame["position"]


class Weather(RuleBasedStateMachine):
    quiet_points = 0

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.hub = Hub(self.world, epoch=lambda: self.world.epoch, position=lambda: self.world.position)
        self.allowed = set(TOPICS)
        self.clients: list[tuple[Client, Session]] = []

    @rule(topic=st.sampled_from(TOPICS))
    def join(self, topic: str) -> None:
        if len(self.clients) < 6 and topic in self.allowed:
            session = Session(self.hub, may_follow=self.allowed.__contains__)
            self.clients.append((Client(topic), session))
            session.receive(msgspec.json.encode({"type": "follow", "topic": topic}).decode())

    @rule(
        topic=st.sampled_from(TOPICS),
        item=st.sampled_from("abcdef"),
        value=st.integers(0, 3),
        gone=st.booleans(),
        quietly=st.booleans(),
    )
    def change(self, topic: str, item: str, value: int, gone: bool, quietly: bool) -> None:
        """`quietly`: without an event, as when a name changes; the position stays."""
        self.world.position += not quietly
        if gone:
            self.world.items[topic].pop(item, None)
        else:
            self.world.items[topic][item] = value
        self.hub.touch([item], topics=[topic])

    @rule()
    def flush(self) -> None:
        self.hub.flush()

    @rule(which=st.integers(0, 5), lose=st.booleans())
    def write(self, which: int, lose: bool) -> None:
        """A socket that can write now; others stall. Sometimes what it wrote is lost with the connection."""
        if which < len(self.clients):
            client, session = self.clients[which]
            frames = [msgspec.json.decode(frame) for frame in session.pull()]
            if lose:
                self._reconnect(which)
            else:
                for frame in frames:
                    client.take(frame)
                assert not client.lost, "nothing was lost on this connection"

    @rule()
    def restore(self) -> None:
        self.world.epoch += "+"
        self.world.position = max(1, self.world.position - 3)

    @rule(topic=st.sampled_from(TOPICS), allowed=st.booleans())
    def roles_change(self, topic: str, allowed: bool) -> None:
        (self.allowed.add if allowed else self.allowed.discard)(topic)
        for _, session in self.clients:
            session.recheck()
        self.clients = [(c, s) for c, s in self.clients if c.topic in self.allowed]

    @rule()
    def a_quiet_point_shows_the_truth(self) -> None:
        Weather.quiet_points += 1
        self.hub.flush()
        for client, session in self.clients:
            for frame in map(msgspec.json.decode, session.pull()):
                client.take(frame)
            truth = {item: {"v": value} for item, value in self.world.items[client.topic].items()}
            assert client.items == truth

    def _reconnect(self, which: int) -> None:
        client, old = self.clients[which]
        old.close()
        session = Session(self.hub, may_follow=self.allowed.__contains__)
        resume = {"type": "follow", "topic": client.topic, "epoch": client.epoch, "after": client.position}
        session.receive(msgspec.json.encode(resume).decode())
        self.clients[which] = (client, session)


STEADY = settings(max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_feed_every_client_sees_the_truth_at_every_quiet_point() -> None:
    """The machine's own rule `a_quiet_point_shows_the_truth` asserts; here it is run."""
    run_state_machine_as_test(Weather, settings=STEADY)
    assert Weather.quiet_points > STEADY.max_examples, "truth was compared"


def topic_with(count: int) -> Topic:
    topic = Topic("t", epoch="e", position=0)
    for number in range(1, count + 1):
        topic.put(f"i{number}", b"%d" % number, number)
    return topic


def test_a_dropped_diff_is_noticed() -> None:
    topic, client = topic_with(3), Client("t")
    client.take(msgspec.json.decode(topic.snapshot()))
    topic.put("i1", b"9", 4)
    topic.since(Mark(3))  # lost on the way
    topic.put("i2", b"9", 5)
    client.take(msgspec.json.decode(topic.since(Mark(4))))
    assert client.lost


def test_a_snapshot_and_its_diffs_are_the_next_snapshot() -> None:
    topic, client = topic_with(5), Client("t")
    client.take(msgspec.json.decode(topic.snapshot()))
    for position in range(6, 30):
        if position % 3:
            topic.put(f"i{position % 7}", b"%d" % position, position)
        else:
            topic.drop(f"i{position % 5}", position)
    client.take(msgspec.json.decode(topic.since(Mark(client.position))))
    assert client.items == msgspec.json.decode(topic.snapshot())["items"]


def test_an_item_that_looks_different_at_a_position_already_sent_is_sent() -> None:
    topic, held, fresh = topic_with(3), Client("t"), Client("t")
    stood = topic.mark
    held.take(msgspec.json.decode(topic.snapshot()))
    topic.put("i1", b"9", 3)
    held.take(msgspec.json.decode(topic.since(stood)))
    assert held.items["i1"] == 9
    fresh.take(msgspec.json.decode(topic.since(Mark(3))))
    assert fresh.items["i1"] == 9, "who resumes at that position may hold either"
    topic.put("i2", b"8", 4)
    frame = msgspec.json.decode(topic.since(stood))
    assert (frame["type"], frame["put"]) == ("diff", {"i1": 9, "i2": 8})


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


def test_a_stretch_is_encoded_once_for_all_who_stand_at_its_start() -> None:
    topic = topic_with(5)
    assert topic.since(Mark(2)) is topic.since(Mark(2))
    assert topic.put("i1", b"1", 6) is False, "what looks the same is no change"


def test_forgotten_drops_fall_back_to_a_snapshot() -> None:
    topic = topic_with(DROPS_REMEMBERED + 10)
    for number in range(1, DROPS_REMEMBERED + 5):
        topic.drop(f"i{number}", 10_000 + number)
    assert msgspec.json.decode(topic.since(Mark(DROPS_REMEMBERED + 10)))["type"] == "snapshot"


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
