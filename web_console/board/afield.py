"""What the picture keeps of people who are out: which orders, dangers, marked ground and alarms there are, and where their sealed words lie."""

from collections.abc import Iterator, Mapping, MutableMapping

from command.core.facts import Event, Look
from command.core.holding import IN_MEMORY, Holding, joined
from incidents import ZoneMarked
from mobilization import Danger, DangerReported, NamesGiven, Order, OrderGiven, Roll, RollAnswered, Sos, SosRaised

_KEPT_WORDS = 8


class Afield:
    """Folds only. `sealed`: the newest events whose sealed part is wanted, oldest first, by what they belong to (`order:o1`,
    `danger:d1`, `sos:p1`, `names:c1`, `roll:i1`)."""

    def __init__(self, look: Look, holding: Holding = IN_MEMORY) -> None:
        self._look = look
        self.orders_of: MutableMapping[str, Mapping[str, None]] = holding.many("orders_of")
        self.dangers_of: MutableMapping[str, Mapping[str, None]] = holding.many("dangers_of")
        self.zones_of: MutableMapping[str, Mapping[str, None]] = holding.many("zones_of")
        self.alarms: MutableMapping[str, None] = holding.many("alarms")
        self.sealed: MutableMapping[str, tuple[Event, ...]] = holding.many("sealed")

    def follow(self, event: Event) -> None:
        match event.fact:
            case OrderGiven(incident=incident, order=order):
                joined(self.orders_of, incident, order)
                self._keep(f"order:{order}", event)
            case DangerReported(incident=incident, danger=danger):
                joined(self.dangers_of, incident, danger)
                self._keep(f"danger:{danger}", event)
            case ZoneMarked(incident=incident, zone=zone) if incident:
                joined(self.zones_of, incident, zone)
            case SosRaised(person=person, again=again):
                self.alarms.setdefault(person, None)
                if not again:
                    self.sealed.pop(f"sos:{person}", None)
                self._keep(f"sos:{person}", event)
            case NamesGiven(call=call):
                self.sealed.pop(f"names:{call}", None)
                self._keep(f"names:{call}", event)
            case RollAnswered(call=call):
                self._keep(f"roll:{call}", event)
            case _:
                pass

    def _keep(self, key: str, event: Event) -> None:
        self.sealed[key] = (*self.sealed.get(key, ())[1 - _KEPT_WORDS :], event)

    def calls_under(self, key: str) -> Iterator[tuple[str, str]]:
        """The calls, and who leads each, that show something of this roll, order or danger."""
        match self._look(key):
            case Roll(rows=rows):
                yield from ((row.call, row.person) for row in rows.values())
            case Order(receipts=receipts):
                yield from ((receipt.call, receipt.person) for receipt in receipts.values())
            case Danger(call=call, person=person):
                yield call, person
            case _:
                return

    def items_of(self, incident: str) -> set[str]:
        """The roll, the orders and the dangers of an incident, and the calls that show something of them."""
        keys = [f"roll:{incident}", *(f"order:{order}" for order in self.orders_of.get(incident, ()))]
        keys += [f"danger:{danger}" for danger in self.dangers_of.get(incident, ())]
        calls = {f"call/{call}" for key in keys for call, _ in self.calls_under(key)}
        return calls | {key.replace(":", "/", 1) for key in keys}

    def alarm_items(self) -> set[str]:
        return {f"sos/{person}" for person in self.alarms}

    def rolls_of(self, call: str, incident: str) -> Iterator[str]:
        """The roll that shows this call."""
        roll = self._look(f"roll:{incident}")
        if isinstance(roll, Roll) and call in roll.rows:
            yield f"roll/{incident}"

    def sos(self, person: str) -> Sos | None:
        state = self._look(f"sos:{person}")
        return state if isinstance(state, Sos) else None
