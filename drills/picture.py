"""What a simulated realm keeps at hand beside its states: which zones stand, which orders and calls there are. Only folds."""

from collections.abc import Iterator

from command.core.facts import Event, Look
from incidents import Zone, ZoneLifted, ZoneMarked
from mobilization import AttemptEnded, AttemptStarted, OrderGiven, WaveCalled


class Picture:
    """`calls` in the order in which they were made; `sending`: messages outside that were begun and have not ended, by attempt."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._zones: dict[str, None] = {}
        self._orders: dict[str, dict[str, None]] = {}
        self.calls: dict[str, None] = {}
        self.sending: dict[str, Event] = {}

    def follow(self, event: Event) -> None:
        match event.fact:
            case ZoneMarked(zone=zone):
                self._zones.setdefault(zone)
            case ZoneLifted(zone=zone):
                self._zones.pop(zone, None)
            case OrderGiven(incident=incident, order=order):
                self._orders.setdefault(incident, {}).setdefault(order)
            case WaveCalled(calls=calls):
                self.calls.update(dict.fromkeys(call.call for call in calls))
            case AttemptStarted(attempt=attempt):
                self.sending[attempt] = event
            case AttemptEnded(attempt=attempt):
                self.sending.pop(attempt, None)
            case _:
                pass

    def fork(self, look: Look) -> "Picture":
        """The same for a branch, over its own states."""
        twin = Picture(look)
        twin._zones, twin.calls, twin.sending = self._zones.copy(), self.calls.copy(), self.sending.copy()
        twin._orders = {incident: orders.copy() for incident, orders in self._orders.items()}
        return twin

    def standing_zones(self) -> Iterator[Zone]:
        found = (self._look(f"zone:{zone}") for zone in self._zones)
        yield from (zone for zone in found if isinstance(zone, Zone) and not zone.over)

    def orders_of(self, incident: str) -> tuple[str, ...]:
        return tuple(self._orders.get(incident, ()))
