"""Who is awake in the planner's eyes."""

from pathlib import Path

from tests.stories.told import told
from web_console.feed.presence import AWAKE_MS, Presence


def test_a_person_is_awake_while_one_of_two_pages_is() -> None:
    now = [1_000]
    presence = Presence(lambda: now[0])
    presence.heard("p1", socket="old")
    presence.heard("p1", socket="new")
    presence.gone("p1", socket="old")
    assert presence.is_awake("p1")
    now[0] += AWAKE_MS
    assert not presence.is_awake("p1")
    presence.gone("p1", socket="new")
    assert presence._heard == {}


def test_feed_only_a_beat_or_calls_seen_wake_a_person_and_closing_one_of_two_sockets_does_not_put_to_sleep(
    tmp_path: Path,
) -> None:
    with told(tmp_path) as story:
        awake = story.house.screens.presence.is_awake
        with story.socket("leader1") as kept:
            kept.receive_json()
            kept.send_json({"type": "follow", "topic": "me/p1"})
            assert kept.receive_json()["type"] == "snapshot"
            assert not awake("p1"), "an open page may lie dark in a pocket"
            with story.socket("leader1") as closed:
                closed.receive_json()
                for socket in (kept, closed):
                    socket.send_json({"type": "beat"})
                    socket.send_json({"type": "follow", "topic": "me/p2"})
                    assert socket.receive_json()["type"] == "refused", "the beat before it has been taken"
            assert awake("p1")
        assert not awake("p1")
