"""The feed under random weather: whatever is sent late, lost or resumed, at every quiet point a client sees what it may."""

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.feed.kit import TOPICS, Client, World
from web_console.feed.hub import Hub
from web_console.feed.session import Session


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

    @rule(topic=st.sampled_from(TOPICS), item=st.sampled_from("abcdef"), value=st.integers(4, 9))
    def change_while_nobody_follows(self, topic: str, item: str, value: int) -> None:
        """Everyone is away; they come back to what rested."""
        away = [n for n, (client, _) in enumerate(self.clients) if client.topic == topic]
        for which in away:
            self.clients[which][1].close()
        self.change(topic, item, value, gone=False, quietly=False)
        for which in away:
            self._reconnect(which)

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

    @rule(which=st.integers(0, 5))
    def leave_and_come_back(self, which: int) -> None:
        if which < len(self.clients):
            self._reconnect(which)

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
