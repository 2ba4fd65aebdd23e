"""The simulated duty officer of a replay: what is done with each report, and when. Plainly labelled in every record.

A report is raised; a duplicate is merged at once; else it is verified and ordered a minute later, under the county that leads,
and lifted to the city when the county asks for more. After the category's usual shortest hours its people are stood down and it
is closed. These delays are assumptions.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from command.core.asks import Ask
from command.core.errors import Refused
from command.core.facts import Authority, Command, Event, Fact, Look
from drills.agenda import Plan
from drills.duplicates import Standing, duplicate_of, still_near
from drills.reports import Row, Table
from incidents import CATEGORIES, Category, Ground, Incident, Need, RaiseIncident, Report, VerifyIncident, default_lead, place_for
from mobilization import CloseIncident, MergeIncidents, OrderCall, StandDown, SupportAsked, mobilization_of

VERIFY_AFTER_MS = 60_000
LIFT_AFTER_MS = 180_000
_HOUR_MS = 3_600_000


class Refusal(NamedTuple):
    """A report that became nothing, and why, in code."""

    row: Row
    code: str


class DutyDesk:
    """Keys: `take/{number of the row}`, `order/{incident}`, `lift/{incident}`, `finish/{incident}`. `refused`: what became nothing, in order."""

    name = "duty"
    heeds: tuple[type[Fact], ...] = (SupportAsked,)

    def __init__(self, rows: Sequence[Row], table: Table, *, look: Look, ground: Ground, city: str) -> None:
        self._rows, self._table, self._look, self._ground, self._city = rows, table, look, ground, city
        self._standing: list[Standing] = []
        self.refused: list[Refusal] = []

    def resume(self) -> Iterator[Plan]:
        for n, row in enumerate(self._rows):
            yield Plan(row.at_ms, f"take/{n:06d}")

    def heard(self, event: Event) -> Iterator[Plan]:
        """The city orders what a county could not fill."""
        if isinstance(fact := event.fact, SupportAsked) and fact.to == self._city:
            yield Plan(event.at_ms + LIFT_AFTER_MS, f"lift/{fact.incident}")

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        what, _, name = key.partition("/")
        if what == "take":
            yield from self._take(self._rows[int(name)], now_ms)
            return
        state = self._look(f"incident:{name}")
        if not isinstance(state, Incident) or not state.is_open:
            return
        category = CATEGORIES[state.category]
        if what == "order":
            yield self._ask(VerifyIncident(incident=name), name, state.lead, now_ms)
            yield self._order(state, category, state.lead, now_ms)
            yield Plan(now_ms + round(category.hours[0] * _HOUR_MS), f"finish/{name}")
        elif what == "lift":
            yield self._order(state, category, self._city, now_ms)
        else:
            yield self._ask(StandDown(mobilization=mobilization_of(name)), name, state.lead, now_ms)
            yield self._ask(CloseIncident(incident=name), name, state.lead, now_ms)

    def _take(self, row: Row, now_ms: int) -> Iterator[Ask | Plan]:
        try:
            raising = self._raising(row)
        except Refused as refusal:
            self.refused.append(Refusal(row, refusal.code))
            return
        yield self._ask(raising, raising.incident, raising.lead, now_ms)
        self._standing = still_near(self._standing, row.at_ms)
        new = Standing(raising.incident, raising.category, raising.lead, row.lon, row.lat, row.at_ms)
        into = duplicate_of(new, self._standing, is_open=self._is_open)
        if into is None:
            self._standing.append(new)
            yield Plan(now_ms + VERIFY_AFTER_MS, f"order/{new.incident}")
        else:
            post = new.lead if into.lead == new.lead else self._city
            yield self._ask(MergeIncidents(incident=new.incident, into=into.incident), new.incident, post, now_ms)

    def _raising(self, row: Row) -> RaiseIncident:
        """Raises Refused when the report becomes nothing."""
        place = place_for(self._ground, row.lon, row.lat, township=None, private_home=False)
        meaning, id_ = self._table.meaning(row.tags), f"i-report-{row.number}"
        if meaning is None or meaning.category is None:
            raise Refused("report.unknown_tag" if meaning is None else "report.no_event")
        if self._look(f"incident:{id_}") is not None:
            raise Refused("incident.exists")
        category = CATEGORIES[meaning.category]
        return RaiseIncident(
            incident=id_, category=category.code, severity=category.severity, name=category.zh, place=place, source="online",
            mode="EMERGENCY", lead=default_lead(place), report=Report(words=row.text),
        )  # fmt: skip

    def _order(self, state: Incident, category: Category, post: str, now_ms: int) -> Ask:
        needs = state.needs or tuple(
            Need(speciality=s, minimum=low, maximum=high, by_ms=now_ms + by * 60_000) for s, low, high, by in category.needs
        )
        order = OrderCall(mobilization=mobilization_of(state.id), incident=state.id, needs=needs)
        return self._ask(order, state.id, post, now_ms)

    @staticmethod
    def _ask(command: Command, incident: str, post: str, now_ms: int) -> Ask:
        return Ask(
            command=command, actor=f"simulated:模拟值班员-{post}", command_id=f"{now_ms:013d}/{type(command).__name__}/{incident}",
            authority=Authority(post=post, role="duty_officer"),
        )  # fmt: skip

    def _is_open(self, incident: str) -> bool:
        """One of the same instant is not in the states yet, and open."""
        state = self._look(f"incident:{incident}")
        return state is None or (isinstance(state, Incident) and state.is_open)


def reasons(refused: list[Refusal]) -> dict[str, int]:
    """How many for each code, by code."""
    counts: dict[str, int] = {}
    for each in sorted(refused, key=lambda refusal: refusal.code):
        counts[each.code] = counts.get(each.code, 0) + 1
    return counts
