"""One topic: what is encoded for whom."""

import msgspec

from tests.feed.kit import Client, opened
from web_console.feed.topic import DROPS_REMEMBERED, Mark, Packed, Topic


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


def test_a_stretch_is_encoded_once_for_all_who_stand_at_its_start() -> None:
    topic = topic_with(5)
    assert topic.since(Mark(2)) is topic.since(Mark(2))
    assert topic.put("i1", b"1", 6) is False, "what looks the same is no change"


def test_forgotten_drops_fall_back_to_a_snapshot() -> None:
    topic = topic_with(DROPS_REMEMBERED + 10)
    for number in range(1, DROPS_REMEMBERED + 5):
        topic.drop(f"i{number}", 10_000 + number)
    assert msgspec.json.decode(topic.since(Mark(DROPS_REMEMBERED + 10)))["type"] == "snapshot"


def test_a_large_frame_is_packed_once_for_all_and_a_small_one_goes_as_it_is() -> None:
    topic = topic_with(2_000)
    packed = topic.snapshot(packed=True)
    assert isinstance(packed, Packed)
    assert packed is topic.snapshot(packed=True)
    assert opened(packed) == opened(topic.snapshot().decode())
    assert not isinstance(topic.since(Mark(1_998), packed=True), Packed)
