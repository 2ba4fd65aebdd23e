"""The simulated duty officer of a replay: what is done with each report, and when. Plainly labelled in every record.

A report is raised; a duplicate is merged at once; else it is verified and ordered a minute later, under the county that leads,
and lifted to the city when the county asks for more. After the category's usual shortest hours its people are stood down and it
is closed. These delays are assumptions.
"""

from collections.abc import Awaitable
from typing import NamedTuple, Protocol

from command.core.errors import Refused
from command.core.facts import Authority, Command, Event
from drills.duplicates import Standing, duplicate_of, still_near
from drills.loop import Agenda
from drills.reports import Row, Tag
from drills.responders import Responders
from incidents import CATEGORIES, Category, Ground, Incident, Need, RaiseIncident, Report, VerifyIncident, default_lead, place_for
from mobilization import Call, CloseIncident, MergeIncidents, OrderCall, StandDown, SupportAsked, mobilization_of

VERIFY_AFTER_MS = 60_000
LIFT_AFTER_MS = 180_000
_HOUR_MS = 3_600_000


class Take(NamedTuple):
    """A report reaches the desk; `meaning` is None where no row of the table speaks of it."""

    row: Row
    meaning: Tag | None


class Order(NamedTuple):
    incident: str


class Lift(NamedTuple):
    """The city orders what a county could not fill."""

    incident: str


class Finish(NamedTuple):
    incident: str


class Answer(NamedTuple):
    """A simulated leader's turn with this call."""

    call: str


Act = Take | Order | Lift | Finish | Answer


class Refusal(NamedTuple):
    """A report that became nothing, and why, in code."""

    row: Row
    code: str


class World(Protocol):
    """What the desk works on: the house, seen from here. `ask(command, actor, id, authority)` raises Refused."""

    @property
    def ground(self) -> Ground: ...

    def incident(self, incident: str) -> Incident | None: ...

    def call(self, call: str) -> Call | None: ...

    def ask(self, command: Command, actor: str, id_: str, authority: Authority | None) -> Awaitable[object]: ...

    def now_ms(self) -> int: ...


class Desk:
    """Performs the acts of a replay. `city`: the code of the city; `refused`: what became nothing, in order;
    `lost`: commands of simulated people that came too late."""

    def __init__(self, world: World, agenda: Agenda[Act], *, city: str, seed: int) -> None:
        self._world, self._agenda, self._city, self._leaders = world, agenda, city, Responders(seed=seed)
        self._standing: list[Standing] = []
        self.refused: list[Refusal] = []
        self.lost = 0

    def heard(self, items: frozenset[str], event: Event) -> None:
        """The picture moved: simulated leaders think about their calls, the city hears what a county asks for."""
        for item in sorted(items):
            kind, _, name = item.partition("/")
            call = self._world.call(name) if kind == "call" else None
            step = None if call is None else self._leaders.next_step(call)
            if step is not None:
                self._agenda.plan(step.at_ms, Answer(name))
        if isinstance(event.fact, SupportAsked) and event.fact.to == self._city:
            self._agenda.plan(event.at_ms + LIFT_AFTER_MS, Lift(event.fact.incident))

    async def perform(self, act: Act) -> None:
        """A command that comes too late is refused, as in life, and counted."""
        try:
            match act:
                case Take(row, meaning):
                    await self._take(row, meaning)
                case Answer(call):
                    await self._answer(call)
                case Order(incident) | Lift(incident) | Finish(incident):
                    state = self._world.incident(incident)
                    if state is not None and state.is_open:
                        await self._work(act, state, CATEGORIES[state.category])
        except Refused:
            self.lost += 1

    async def _take(self, row: Row, meaning: Tag | None) -> None:
        try:
            new = await self._raise(row, meaning)
        except Refused as refusal:
            self.refused.append(Refusal(row, refusal.code))
            return
        self._standing = still_near(self._standing, row.at_ms)
        into = duplicate_of(new, self._standing, is_open=self._is_open)
        if into is None:
            self._standing.append(new)
            self._agenda.plan(self._world.now_ms() + VERIFY_AFTER_MS, Order(new.incident))
        else:
            post = new.lead if into.lead == new.lead else self._city
            await self._ask(MergeIncidents(incident=new.incident, into=into.incident), new.incident, post)

    async def _raise(self, row: Row, meaning: Tag | None) -> Standing:
        """Raises Refused when the report becomes nothing."""
        place = place_for(self._world.ground, row.lon, row.lat, township=None, private_home=False)
        if meaning is None or meaning.category is None:
            raise Refused("report.unknown_tag" if meaning is None else "report.no_event")
        category, lead, id_ = CATEGORIES[meaning.category], default_lead(place), f"i-report-{row.number}"
        raising = RaiseIncident(
            incident=id_, category=category.code, severity=category.severity, name=category.zh, place=place, source="online",
            mode="EMERGENCY", lead=lead, report=Report(words=row.text),
        )  # fmt: skip
        await self._ask(raising, id_, lead)
        return Standing(id_, category.code, lead, row.lon, row.lat, row.at_ms)

    async def _work(self, act: Order | Lift | Finish, state: Incident, category: Category) -> None:
        match act:
            case Order():
                await self._ask(VerifyIncident(incident=state.id), state.id, state.lead)
                await self._order(state, category, state.lead)
                self._agenda.plan(self._world.now_ms() + round(category.hours[0] * _HOUR_MS), Finish(state.id))
            case Lift():
                await self._order(state, category, self._city)
            case Finish():
                await self._ask(StandDown(mobilization=mobilization_of(state.id)), state.id, state.lead)
                await self._ask(CloseIncident(incident=state.id), state.id, state.lead)

    async def _order(self, state: Incident, category: Category, post: str) -> None:
        now_ms = self._world.now_ms()
        needs = state.needs or tuple(
            Need(speciality=s, minimum=low, maximum=high, by_ms=now_ms + by * 60_000) for s, low, high, by in category.needs
        )
        order = OrderCall(mobilization=mobilization_of(state.id), incident=state.id, needs=needs)
        await self._ask(order, state.id, post)

    async def _answer(self, name: str) -> None:
        """What was planned may have been overtaken: the call is looked at afresh."""
        call = self._world.call(name)
        step = None if call is None else self._leaders.next_step(call)
        if call is None or step is None or step.at_ms > self._world.now_ms():
            return
        await self._world.ask(step.command, step.actor, step.id, None)

    async def _ask(self, command: Command, incident: str, post: str) -> None:
        id_ = f"{self._world.now_ms():013d}/{type(command).__name__}/{incident}"
        authority = Authority(post=post, role="duty_officer")
        await self._world.ask(command, f"simulated:模拟值班员-{post}", id_, authority)

    def _is_open(self, incident: str) -> bool:
        state = self._world.incident(incident)
        return state is not None and state.is_open


def reasons(refused: list[Refusal]) -> dict[str, int]:
    """How many for each code, by code."""
    counts: dict[str, int] = {}
    for each in sorted(refused, key=lambda refusal: refusal.code):
        counts[each.code] = counts.get(each.code, 0) + 1
    return counts
