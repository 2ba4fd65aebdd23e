"""The simulated leaders of a drill, and the gateway that reaches their telephones. They act by `drills.responders`, through the
commands that people give; a person who is not simulated is left to act alone.
"""

from collections.abc import Iterable, Iterator

from command.core.asks import Ask
from command.core.facts import Event, Fact, Look
from drills.responders import is_busy, next_step
from drills.stage import Plan
from mobilization import CALL_FACTS, AttemptStarted, Call, EndAttempt, StoodDown, WaveCalled

SENT_AFTER_MS = 2_000


class Leaders:
    """A key is the id of a call whose leader may have something to do. `calls`: all there are, by id, for a resume; `everyone`: in a branch nobody
    is real."""

    name = "leaders"
    heeds: tuple[type[Fact], ...] = (WaveCalled, StoodDown, *CALL_FACTS)

    def __init__(self, *, look: Look, calls: Iterable[str], seed: int, everyone: bool = False) -> None:
        self._look, self._calls, self._seed, self._everyone = look, calls, seed, everyone

    def resume(self) -> Iterator[Plan]:
        for call in self._calls:
            yield from self._next(call)

    def heard(self, event: Event) -> Iterator[Plan]:
        for key in event.keys:
            kind, _, name = key.partition(":")
            if kind == "call":
                yield from self._next(name)

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        """What was planned may have been overtaken: the call is looked at afresh."""
        call = self._look(f"call:{key}")
        step = next_step(call, seed=self._seed) if isinstance(call, Call) and is_busy(call) else None
        if step is not None and step.at_ms <= now_ms:
            yield Ask(command=step.command, actor=f"person:{call.person}", command_id=step.id)

    def _next(self, name: str) -> Iterator[Plan]:
        call = self._look(f"call:{name}")
        if isinstance(call, Call) and (call.simulated or self._everyone) and is_busy(call):
            step = next_step(call, seed=self._seed)
            if step is not None:
                yield Plan(step.at_ms, name)


class Gateway:
    """Stands for the gateways outside: nothing leaves the house. A key is `{call}|{attempt}|{about}|{of}`."""

    name = "gateway"
    heeds: tuple[type[Fact], ...] = (AttemptStarted,)

    def resume(self) -> Iterable[Plan]:
        return ()

    def heard(self, event: Event) -> Iterator[Plan]:
        if isinstance(fact := event.fact, AttemptStarted):
            yield Plan(event.at_ms + SENT_AFTER_MS, f"{fact.call}|{fact.attempt}|{fact.about}|{fact.of}")

    def act(self, key: str, _now_ms: int) -> Iterator[Ask | Plan]:
        call, attempt, about, of = key.split("|")
        ended = EndAttempt(call=call, attempt=attempt, result="sent", about=about, of=of)
        yield Ask(command=ended, actor="simulated:gateway", command_id=f"sent/{attempt}")
