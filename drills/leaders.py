"""The simulated people of a drill, and the gateway that reaches their telephones. They act by `drills.responders`, through the
commands that people give; whoever is not simulated is left to act alone.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from command.core.asks import Ask
from command.core.facts import Event, Fact, Look
from drills.agenda import Plan
from drills.disturbed import Disturbed
from drills.responders import BUNDLE_MS, CUT_OFF, Responders, Step
from geo import Trip
from geo.travel import NO_ROAD
from incidents import Incident, ZoneChanged, ZoneLifted
from mobilization import (
    CALL_FACTS,
    ORDER_FACTS,
    RECEIPTS,
    SAFETY_FACTS,
    AnswerRoll,
    AttemptStarted,
    Call,
    EndAttempt,
    Order,
    SeeCalls,
    StoodDown,
    WaveCalled,
    WaveWithdrawn,
    roll_of,
)
from mobilization.roster import Travel

SENT_AFTER_MS = 2_000
"""A text is on its way for so long; assumed."""
_AFIELD = ("roll", "order")


class Leaders:
    """Keys: `call/{id}`, `roll/{incident}/{call}`, `order/{id}/{call}`, `seen/{mobilization}/{slot}`. `calls`: all there are, by id,
    and `orders_of` an incident, for a resume; `everyone`: in a branch nobody is real."""

    name = "leaders"
    heeds: tuple[type[Fact], ...] = (
        WaveCalled, WaveWithdrawn, StoodDown, ZoneLifted, ZoneChanged, *CALL_FACTS, *SAFETY_FACTS, *ORDER_FACTS,
    )  # fmt: skip

    def __init__(
        self, responders: Responders, *, look: Look, calls: Iterable[str], orders_of: Callable[[str], Iterable[str]], disturbed: Disturbed,
        everyone: bool = False,
    ) -> None:  # fmt: skip
        self._responders, self._look, self._calls, self._orders_of = responders, look, calls, orders_of
        self._disturbed, self._everyone = disturbed, everyone
        self._bundles: dict[tuple[str, int], dict[str, None]] = {}

    def resume(self) -> Iterator[Plan]:
        for name in self._calls:
            if (call := self._call(name)) is not None:
                self._responders.heard(call)
        for name in self._calls:
            yield from self._next(name)
            if (call := self._call(name)) is not None:
                yield from self._roll(call.incident, name)
                for order in self._orders_of(call.incident):
                    yield from self._order(order, name)

    def heard(self, event: Event) -> Iterator[Plan]:
        if isinstance(event.fact, ZoneLifted | ZoneChanged):
            for name in self._responders.roads_opened(event.at_ms):
                yield from self._next(name)
            return
        about = [key.partition(":")[::2] for key in event.keys]
        calls = [name for kind, name in about if kind == "call"]
        for name in calls:
            yield from self._next(name)
        for kind, of in about:
            if kind in _AFIELD:
                for name in calls:
                    yield from self._roll(of, name) if kind == "roll" else self._order(of, name)

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        """What was planned may have been overtaken: it is looked at afresh."""
        kind, of, *rest = key.split("/")
        if kind == "seen":
            yield from self._see(of, int(rest[0]))
            return
        call = self._call(rest[0] if rest else of)
        if call is not None and kind == "call":
            self._responders.acts_on(call, now_ms)
        step = self._step(kind, of, rest[0] if rest else "", now_ms)
        if step is None:
            return
        if step.at_ms > now_ms:
            yield Plan(step.at_ms, key)
        else:
            yield Ask(command=step.command, actor=step.actor, command_id=step.id)
            if call is not None and kind == "call" and self._responders.asked_for(call, step, now_ms):
                yield Plan(now_ms + 1, key)

    def _step(self, kind: str, of: str, name: str, now_ms: int) -> Step | None:
        """As it stands now; put off while a radio is out or somebody keeps silent."""
        call = self._call(name or of)
        if call is None:
            return None
        if kind == "call":
            step = self._responders.next_step(call) if self._responders.is_busy(call) else None
        elif kind == "roll":
            roll = roll_of(self._look, of)
            step = None if roll is None else self._answering(call, self._responders.roll_step(call, roll), now_ms)
        else:
            order = self._look(f"order:{of}")
            step = self._responders.order_step(call, order) if isinstance(order, Order) else None
        if step is None:
            return None
        return step._replace(
            at_ms=self._disturbed.quiet_until_ms(call, max(step.at_ms, now_ms)) if step.at_ms <= now_ms else step.at_ms
        )

    def _answering(self, call: Call, step: Step | None, now_ms: int) -> Step | None:
        """Those who keep silent are the last of their crew; where nobody else is left to report, the crew waits for them."""
        if step is None or step.recorded or not isinstance(step.command, AnswerRoll) or step.at_ms > now_ms:
            return step
        silent = self._disturbed.silent(call, now_ms)
        marks = step.command.marks[: len(step.command.marks) - silent] if silent else step.command.marks
        if not marks:
            return step._replace(at_ms=self._disturbed.silent_until_ms(call, now_ms))
        return step._replace(command=msgspec.structs.replace(step.command, marks=marks), id=f"{step.id}/{len(marks)}")

    def _next(self, name: str) -> Iterator[Plan]:
        call = self._call(name)
        if call is None or not self._responders.is_busy(call) or not self._is_reached(call):
            return
        step = self._responders.next_step(call)
        if step is None:
            return
        if not step.bundle:
            yield Plan(step.at_ms, f"call/{name}")
            return
        slot = -(-step.at_ms // BUNDLE_MS) * BUNDLE_MS
        bundle = self._bundles.get((step.bundle, slot))
        if bundle is None:
            bundle = self._bundles[step.bundle, slot] = {}
            yield Plan(slot, f"seen/{step.bundle}/{slot}")
        bundle.setdefault(name)

    def _see(self, mobilization: str, slot: int) -> Iterator[Ask]:
        """Receipts of one call-out that fall into the same quarter of a second go together."""
        waiting = self._bundles.pop((mobilization, slot), {})
        calls = tuple(name for name in waiting if (call := self._call(name)) is not None and call.seen_ms is None)
        if calls:
            yield Ask(
                command=SeeCalls(calls=calls),
                actor=RECEIPTS,
                command_id=f"{slot:013d}/{mobilization}/seen/{min(calls)}/{len(calls)}",
            )

    def _roll(self, incident: str, name: str) -> Iterator[Plan]:
        call, roll = self._call(name), roll_of(self._look, incident)
        step = self._responders.roll_step(call, roll) if call is not None and roll is not None else None
        if step is not None:
            yield Plan(step.at_ms, f"roll/{incident}/{name}")

    def _order(self, of: str, name: str) -> Iterator[Plan]:
        call, order = self._call(name), self._look(f"order:{of}")
        step = self._responders.order_step(call, order) if call is not None and isinstance(order, Order) else None
        if step is not None:
            yield Plan(step.at_ms, f"order/{of}/{name}")

    def _is_reached(self, call: Call) -> bool:
        """While pages wake nobody, only who was sent something hears of a call; it comes up again when that was sent."""
        if call.seen_ms is not None or call.attempt_result == "sent" or call.awake:
            return True
        return not call.channels

    def _call(self, name: str) -> Call | None:
        call = self._look(f"call:{name}")
        return call if isinstance(call, Call) and (call.simulated or self._everyone) else None


class Gateway:
    """Stands for the gateways outside: nothing leaves the house. A key is `{call}|{attempt}|{about}|{of}`."""

    name = "gateway"
    heeds: tuple[type[Fact], ...] = (AttemptStarted,)

    def __init__(self, sending: Iterable[Event] = ()) -> None:
        """`sending`: what was begun and has not ended."""
        self._sending = tuple(sending)

    def resume(self) -> Iterator[Plan]:
        for event in self._sending:
            yield from self.heard(event)

    def heard(self, event: Event) -> Iterator[Plan]:
        if isinstance(fact := event.fact, AttemptStarted):
            yield Plan(event.at_ms + SENT_AFTER_MS, f"{fact.call}|{fact.attempt}|{fact.about}|{fact.of}")

    def act(self, key: str, _now_ms: int) -> Iterator[Ask | Plan]:
        call, attempt, about, of = key.split("|")
        ended = EndAttempt(call=call, attempt=attempt, result="sent", about=about, of=of)
        yield Ask(command=ended, actor="simulated:gateway", command_id=f"sent/{attempt}")


def way_of(call: Call, look: Look, travel: Travel, whole: Callable[[], Travel] | None = None) -> Trip | None:
    """From where a crew sets out to where its incident is now, by the roads as they are open. `whole`: over the roads as if none were shut;
    who comes there by these alone is cut off, and does not take the straight line that stands in where no road leads."""
    incident = look(f"incident:{call.incident}")
    if not isinstance(incident, Incident):
        return None
    base, place = [(call.from_lon, call.from_lat)], (incident.place.lon, incident.place.lat)
    trip = travel(base, place)[0]
    if trip.source == NO_ROAD and whole is not None and whole()(base, place)[0].source != NO_ROAD:
        return trip._replace(source=CUT_OFF)
    return trip
