"""One client's session, sans-I/O: text in, effects and frames out. No queues: a subscription is (topic, version sent)."""

from collections.abc import Callable

import msgspec

from command.core.errors import Refused
from web_console.feed.frames import FLOODED, MALFORMED, TOO_LONG, Answer, ClientBeat, Follow, Frame, Leave, Seen, decode, refused
from web_console.feed.hub import Hub
from web_console.feed.topic import Mark, Topic

FRAME_MOST = 16 * 1024
BAD_FRAMES_MOST = 20
TOPICS_MOST = 16
IDS_MOST = 200
NOTES_MOST = 64


class Bye(msgspec.Struct, frozen=True):
    """Close the socket with this code."""

    code: int


Effect = Seen | Answer | ClientBeat | Bye


class _Subscription:
    def __init__(self, topic: Topic, sent: Mark | None, *, packed: bool) -> None:
        self.topic = topic
        self.packed = packed
        self.sent = sent  # None: nothing yet, a snapshot is due


class Session:
    """`may_follow` is asked at every follow and again by `recheck`; `wake` is rung when a topic of this session changed."""

    def __init__(self, hub: Hub, *, may_follow: Callable[[str], bool], wake: Callable[[], None] = lambda: None) -> None:
        self._hub = hub
        self._may_follow = may_follow
        self.wake = wake
        self._subscriptions: dict[str, _Subscription] = {}
        self._notes: list[bytes] = []
        self._bad_frames = 0
        self.is_doubted = False

    def receive(self, text: str) -> Effect | None:
        """Take one frame; what it asks of the world outside comes back as an effect."""
        if len(text) > FRAME_MOST:
            return Bye(TOO_LONG)
        try:
            frame: Frame = decode(text.encode())
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return self._bad_frame("frame.malformed")
        match frame:
            case Follow():
                return self._follow(frame)
            case Leave(topic=name):
                self._leave(name)
                return None
            case Seen(ids=ids) if len(ids) > IDS_MOST:
                return self._bad_frame("frame.too_many", most=IDS_MOST)
            case _:
                return frame

    def flooded(self) -> Bye:
        """Frames come faster than a person's page sends them."""
        self._note("frame.too_fast")
        return Bye(FLOODED)

    def pull(self) -> list[bytes]:
        """The frames that bring this client up to date now; called when its socket can write."""
        frames = self.notes()
        for name, subscription in list(self._subscriptions.items()):
            topic = subscription.topic
            if topic.epoch != (current := self._hub_topic(name, subscription)).epoch:
                subscription.topic, subscription.sent, topic = current, None, current
            if subscription.sent is None or subscription.sent < topic.mark:
                sent, packed = subscription.sent, subscription.packed
                frames.append(topic.snapshot(packed=packed) if sent is None else topic.since(sent, packed=packed))
                subscription.sent = topic.mark
        return frames

    def notes(self) -> list[bytes]:
        """Refusals that were not sent yet."""
        notes, self._notes = self._notes, []
        return notes

    def recheck(self) -> bool:
        """Roles may have changed: what may no longer be followed ends here. True when anything ended."""
        taken = [name for name in self._subscriptions if not self._may_follow(name)]
        for name in taken:
            self._leave(name)
        return bool(taken)

    def doubt(self) -> None:
        """Whether this client may still look is to be asked at once."""
        self.is_doubted = True
        self.wake()

    def say(self, frame: bytes) -> None:
        """What every client is told at once, beside its topics."""
        self._notes.append(frame)
        self.wake()

    def close(self) -> None:
        for name in list(self._subscriptions):
            self._leave(name)

    def _follow(self, frame: Follow) -> Bye | None:
        if not self._may_follow(frame.topic):
            self._note("topic.forbidden", topic=frame.topic[:80])
            return None
        if len(self._subscriptions) >= TOPICS_MOST and frame.topic not in self._subscriptions:
            self._note("topic.too_many", topic=frame.topic[:80], most=TOPICS_MOST)
            return None
        self._leave(frame.topic)
        topic = self._hub.follow(frame.topic, who=self)
        stands = topic.resumed(frame.after) if frame.after is not None and frame.epoch == topic.epoch else None
        self._subscriptions[frame.topic] = _Subscription(topic, stands, packed=frame.packed)
        return None

    def _hub_topic(self, name: str, subscription: _Subscription) -> Topic:
        if not self._hub.is_current(subscription.topic):
            return self._hub.follow(name, who=self)
        return subscription.topic

    def _leave(self, name: str) -> None:
        if self._subscriptions.pop(name, None) is not None:
            self._hub.leave(name, who=self)

    def _bad_frame(self, code: str, **facts: object) -> Bye | None:
        self._bad_frames += 1
        self._note(code, **facts)
        return Bye(MALFORMED) if self._bad_frames > BAD_FRAMES_MOST else None

    def _note(self, code: str, **facts: object) -> None:
        del self._notes[: max(len(self._notes) - NOTES_MOST, 0)]  # a client that never reads keeps only the newest
        self._notes.append(refused(Refused(code, **facts)))
