"""What can be recorded of orders to crews, and of dangers that crews report. What is said in words is sealed: an order under its
incident, a report and a reason under the person who said it."""

from typing import ClassVar

import msgspec

from command.core.facts import Fact
from mobilization.facts import keys_of


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One crew an order is for."""

    call: str
    person: str
    team: str


def _keys_with(order: str, incident: str, crews: tuple[Told, ...]) -> tuple[str, ...]:
    """Of an order and all it is for."""
    bound = keys_of(
        calls=(crew.call for crew in crews),
        people=(crew.person for crew in crews),
        teams=(crew.team for crew in crews),
        incident=incident,
    )
    return (f"order:{order}", *bound)


class OrderGiven(Fact, frozen=True, kw_only=True):
    """An order (指令) to crews. `kind`: of the shipped table; by `due_ms` each is to have received it."""

    NAME: ClassVar[str] = "order.given"
    order: str
    incident: str
    kind: str
    due_ms: int
    crews: tuple[Told, ...]

    def keys(self) -> tuple[str, ...]:
        return _keys_with(self.order, self.incident, self.crews)


class OrderJoined(Fact, frozen=True, kw_only=True):
    """A crew that came after it was given is under this order too: it is in force still, and loud."""

    NAME: ClassVar[str] = "order.joined"
    order: str
    incident: str
    call: str
    person: str
    team: str

    def keys(self) -> tuple[str, ...]:
        bound = keys_of(calls=(self.call,), people=(self.person,), teams=(self.team,), incident=self.incident)
        return (f"order:{self.order}", *bound)


class OrderReceipted(Fact, frozen=True, kw_only=True):
    """received, done or cannot (why is sealed), by the crew's leader or noted by the desk."""

    NAME: ClassVar[str] = "order.receipted"
    order: str
    incident: str
    call: str
    person: str
    team: str
    receipt: str
    noted_by: str = ""
    claimed_at_ms: int | None = None

    def keys(self) -> tuple[str, ...]:
        bound = keys_of(calls=(self.call,), people=(self.person,), teams=(self.team,), incident=self.incident)
        return (f"order:{self.order}", *bound)


class OrderOverdue(Fact, frozen=True, kw_only=True):
    """These crews have not received it in time: they are to be rung."""

    NAME: ClassVar[str] = "order.overdue"
    order: str
    incident: str
    calls: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return (f"order:{self.order}", *keys_of(calls=self.calls, incident=self.incident))


class OrderCalledOff(Fact, frozen=True, kw_only=True):
    """It holds no more, by who gave it or a post above: nobody is to receive it, nobody comes under it any more. What crews said of it
    stands. `crews`: those it was for."""

    NAME: ClassVar[str] = "order.called_off"
    order: str
    incident: str
    kind: str
    crews: tuple[Told, ...]

    def keys(self) -> tuple[str, ...]:
        return _keys_with(self.order, self.incident, self.crews)


class DangerReported(Fact, frozen=True, kw_only=True):
    """A crew reports a danger (险情) on the spot."""

    NAME: ClassVar[str] = "danger.reported"
    danger: str
    incident: str
    call: str
    person: str
    team: str
    kind: str
    noted_by: str = ""
    claimed_at_ms: int | None = None

    def keys(self) -> tuple[str, ...]:
        bound = keys_of(calls=(self.call,), people=(self.person,), teams=(self.team,), incident=self.incident)
        return (f"danger:{self.danger}", *bound)


class DangerAcknowledged(Fact, frozen=True, kw_only=True):
    """The desk has read it; the crew sees so."""

    NAME: ClassVar[str] = "danger.acknowledged"
    danger: str
    incident: str
    call: str
    person: str

    def keys(self) -> tuple[str, ...]:
        return (f"danger:{self.danger}", *keys_of(calls=(self.call,), people=(self.person,), incident=self.incident))


ORDER_FACTS: tuple[type[Fact], ...] = (
    OrderGiven, OrderJoined, OrderReceipted, OrderOverdue, OrderCalledOff, DangerReported, DangerAcknowledged,
)  # fmt: skip
