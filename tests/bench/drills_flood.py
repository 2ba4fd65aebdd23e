"""A generated flood of 72 hours on a made-up city of 100,000 volunteers: real deciders, real policies, roads, simulated people."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from command.core.asks import Ask
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.facts import Authority, Command, Event, Fact
from command.core.log_memory import MemoryLog
from command.core.vault import Vault
from command.tiers.divisions import path_of
from drills.agenda import Plan
from drills.city import City as MadeCity
from drills.city import CityPlan, make_city
from drills.disturbed import Disturbed
from drills.leaders import Gateway, Leaders, way_of
from drills.picture import Picture
from drills.responders import Responders
from drills.stage import Stage
from geo import SPEEDS, STRAIGHT_M_S, Edge, Network, Reach, Roads, road_graph
from incidents import CATEGORIES, Need, Place, RaiseIncident
from mobilization import CloseIncident, RaiseAndOrder, StandDown, mobilization_of
from mobilization.planning import Outlook
from mobilization.policies import OrdersPolicy, PagerPolicy, WavePolicy
from mobilization.roster import Contact, Roster, RosterTeam
from tests.rules import HOUSE

START_MS = 1_783_990_800_000
HOUR_MS = 3_600_000
HOURS = 72
KINDS = ("10101", "10102", "10104", "10203")


class City(NamedTuple):
    """A city as the planner sees it; `places`: where it may flood, each in its division."""

    roster: Roster
    reach: Reach
    places: list[tuple[float, float, str]]


def make(people: int, teams: int, *, seed: int = 1) -> City:
    """From the very rows the importers read, without the database between."""
    city = make_city(CityPlan(people=people, teams=teams, seed=seed))
    never = 4_102_444_800_000
    named = {row["id"]: row for row in city.people.dicts()}
    leaders = {person for row in city.teams.dicts() for person in (row["leader"], *str(row["deputies"]).split(";")) if person}
    contacts = {
        person: Contact(
            id=person, adult_from_ms=0, insured_until_ms=never, simulated=True,
            credentials={each.partition(":")[0]: never for each in str(named[person]["credentials"]).split(";") if each},
        )
        for person in sorted(leaders)
    }  # fmt: skip
    rows = [
        RosterTeam(
            id=row["id"], speciality=row["speciality"], division=row["division"], lon=row["lon"], lat=row["lat"], size=row["size"],
            minimum_crew=row["minimum_crew"], ladder=(row["leader"], *(p for p in str(row["deputies"]).split(";") if p)),
        )
        for row in city.teams.dicts()
    ]  # fmt: skip
    places = [(row["lon"], row["lat"], str(row["division"])) for row in city.stations.dicts() if len(str(row["division"])) >= 9]
    return City(Roster(rev=1, teams=rows, people=contacts), Reach(_network(city), straight_m_s=STRAIGHT_M_S["car"]), places)


def _network(city: MadeCity) -> Network:
    index = {row[0]: n for n, row in enumerate(city.road_nodes.rows)}
    nodes = [(row[1], row[2]) for row in city.road_nodes.rows]
    edges = [
        Edge(index[row["u"]], index[row["v"]], row["length_m"], row["highway"], row["name"]) for row in city.road_edges.dicts()
    ]
    return Network(road_graph(Roads(nodes, edges)), SPEEDS["car"]).prepare()


class Flood:
    """Where and when it floods: raised and called out by the county, over after the usual hours. A key: `{what}/{number}`."""

    name = "flood"
    heeds: tuple[type[Fact], ...] = ()

    def __init__(self, city: City, *, incidents: int, hours: float, people: int, seed: int) -> None:
        chance = np.random.default_rng(seed)
        at = np.sort(chance.random(incidents)) * hours * 0.9
        where = chance.integers(0, len(city.places), incidents)
        self._spots = [city.places[n] for n in where.tolist()]
        self._raised_ms = (START_MS + at * HOUR_MS).astype(int).tolist()
        self._over_ms = (self._raised_ms + chance.uniform(3, 7, incidents) * HOUR_MS).astype(int).tolist()
        self._people = people

    def resume(self) -> Iterator[Plan]:
        for n, at_ms in enumerate(self._raised_ms):
            yield Plan(at_ms, f"raise/{n}")
            yield Plan(self._over_ms[n], f"over/{n}")

    def heard(self, event: Event) -> Iterator[Plan]:
        yield from ()

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        what, number = key.split("/")
        n = int(number)
        name = f"i{n:05d}"
        if what == "raise":
            command: Command = RaiseAndOrder(raising=self._raising(n, name, now_ms), mobilization=mobilization_of(name))
        elif what == "over":
            command = StandDown(mobilization=mobilization_of(name))
            yield Plan(now_ms + 2 * HOUR_MS, f"close/{n}")
        else:
            command = CloseIncident(incident=name)
        authority = Authority(post="9901", role="duty_officer")
        yield Ask(command=command, actor="simulated:officer-9901", command_id=f"{now_ms:013d}/{what}/{n}", authority=authority)

    def _raising(self, n: int, name: str, now_ms: int) -> RaiseIncident:
        lon, lat, division = self._spots[n]
        category = CATEGORIES[KINDS[n % len(KINDS)]]
        path = tuple(code for code in path_of(division) if len(code) >= 4)
        place = Place(
            lon=lon, lat=lat, exact=True, cell="", path=path, township="by_fence", stations=(), outside_circles=True, areas="made"
        )
        needs = tuple(
            Need(speciality=s, minimum=self._people // 3, maximum=self._people // 2, by_ms=now_ms + by * 60_000)
            for s, _, _, by in category.needs
        )
        return RaiseIncident(
            incident=name, category=category.code, severity=category.severity, name=category.zh, place=place, source="phone",
            mode="EMERGENCY", lead="9901", needs=needs, verify=True,
        )  # fmt: skip


class Played(NamedTuple):
    core: Core
    stage: Stage
    picture: Picture
    log: MemoryLog
    clock: ManualClock


def flooded(city: City, *, incidents: int, hours: float = HOURS, people: int = 60, seed: int = 1) -> Played:
    """The whole house of a drill in memory, ready to run."""
    clock, log = ManualClock(START_MS - 1000), MemoryLog()
    core = Core(log=log, rules=HOUSE, vault=Vault(None, master=b"b" * 32, chance=SeededChance(seed)), clock=clock)
    look = core.world.look
    picture = Picture(look)
    responders = Responders(seed=seed, travel=lambda call: way_of(call, look, city.reach))

    def outlook() -> Outlook:
        return Outlook(roster=city.roster, travel=city.reach, is_awake=lambda _: True)

    stage = Stage(
        core=core, log=log, clock=clock, seen=[picture],
        policies=[
            WavePolicy(look=look, outlook=outlook, keep=lambda *_: None), PagerPolicy(look=look, is_awake=lambda _: True),
            OrdersPolicy(look=look, orders_of=picture.orders_of),
        ],
        casts=[
            Flood(city, incidents=incidents, hours=hours, people=people, seed=seed),
            Leaders(responders, look=look, calls=(), orders_of=picture.orders_of, disturbed=Disturbed(None, look)), Gateway(),
        ],
    )  # fmt: skip
    return Played(core, stage, picture, log, clock)
