"""How fast the time of a drill runs beside the time of the room it is played in. Reads clocks, turns none: the conductor does."""

from collections.abc import Callable
from typing import Protocol

from command.core.clock import Clock, ManualClock

SPEEDS = (1, 4, 16, 60)
HEARD_MOST = 100


class Listener(Protocol):
    """Who is told at once that time runs otherwise now."""

    def __call__(self) -> None: ...


class Pace:
    """`clock`: the drill's own, which stands until it is turned; `room`: of those who play it. It begins paused."""

    def __init__(self, clock: ManualClock, room: Clock) -> None:
        self.clock, self._room = clock, room
        self.speed, self.is_running = 1, False
        self.turns = 0
        """Goes up with every change: what was under way by an earlier one ends."""
        self._goal_ms: int | None = None
        self._from = (room.mono_ms(), clock.wall_ms())
        self._listeners: dict[object, Listener] = {}
        self._heard: list[str] = []
        self.steps: Callable[[str], None] | None = None
        """How to go on by one step; whoever turns the clock sets it."""

    def run(self, *, speed: int | None = None) -> None:
        self._turn(is_running=True, speed=speed)

    def pause(self, *, speed: int | None = None) -> None:
        self._turn(is_running=False, speed=speed)

    def step(self, to_ms: int) -> None:
        """On to this moment as fast as may be, and stand there."""
        self._turn(is_running=False, goal_ms=max(to_ms, self.clock.wall_ms()))

    def is_new(self, command_id: str) -> bool:
        """False where the same was asked before: a step that is asked for again is the same step."""
        is_new = command_id not in self._heard
        self._heard = [*self._heard[-HEARD_MOST:], command_id]
        return is_new

    def wanted_ms(self) -> int:
        """Where the drill's time should be by now."""
        if self._goal_ms is not None:
            return self._goal_ms
        if not self.is_running:
            return self.clock.wall_ms()
        room_ms, drill_ms = self._from
        return drill_ms + (self._room.mono_ms() - room_ms) * self.speed

    def reached(self) -> None:
        """Time is where it should be, or as near as the machine can: it runs on from here."""
        if self._goal_ms is not None and self.clock.wall_ms() >= self._goal_ms:
            self._goal_ms = None
            self._tell()
        self._from = (self._room.mono_ms(), self.clock.wall_ms())

    def room_ms(self) -> int:
        """Of the room: whether a phone is awake does not hang on how fast a drill is played."""
        return self._room.mono_ms()

    def room_wall_ms(self) -> int:
        """Of the room too, since 1970 UTC: sessions outlive the process."""
        return self._room.wall_ms()

    def listen(self, who: object, told: Listener) -> Callable[[], None]:
        """Told from now on, until what is given back is called."""
        self._listeners[who] = told

        def deafen() -> None:
            self._listeners.pop(who, None)

        return deafen

    def _turn(self, *, is_running: bool, speed: int | None = None, goal_ms: int | None = None) -> None:
        self.is_running, self._goal_ms = is_running, goal_ms
        self.speed = self.speed if speed is None else speed
        self._from = (self._room.mono_ms(), self.clock.wall_ms())
        self.turns += 1
        self._tell()

    def _tell(self) -> None:
        for told in list(self._listeners.values()):
            told()
