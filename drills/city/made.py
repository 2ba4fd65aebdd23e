"""The whole city: land, roads, stations, teams and people."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import shapely
from scipy.spatial import Delaunay
from shapely.geometry.base import BaseGeometry

from drills.city import names
from drills.city.land import Division, Land, make_land, to_degrees
from drills.city.plan import CityPlan

TOWNSHIP_DIGITS, VILLAGE_DIGITS = 9, 12
_CREW = {  # speciality -> (share of teams, crew size)
    "FIRST_AID": (26, 7), "FIRE_SUPPORT": (14, 7), "RESCUE_WATER": (8, 7), "RESCUE_STRUCT": (5, 8), "RESCUE_MOUNTAIN": (3, 7),
    "PUBLIC_ORDER": (18, 8), "PSYCH_SUPPORT": (10, 6), "COMMUNITY": (16, 10), "LOGISTICS": (9, 12), "TRANSPORT": (6, 8),
    "SHELTER_CARE": (5, 10), "LEVEE_PATROL": (9, 12), "INFO_SURVEY": (6, 6), "COMMS": (3, 4), "DISINFECTION": (3, 6),
    "VRP_RECEPTION": (2, 6),
}  # fmt: skip
_NEEDS_CERTIFICATE = frozenset({"FIRST_AID", "FIRE_SUPPORT", "RESCUE_WATER", "RESCUE_STRUCT", "RESCUE_MOUNTAIN", "PSYCH_SUPPORT"})
_TEAM_WORD = {
    "FIRST_AID": "急救队", "FIRE_SUPPORT": "消防辅助队", "RESCUE_WATER": "水上救援队", "RESCUE_STRUCT": "建筑救援队", "RESCUE_MOUNTAIN": "山地救援队",
    "PUBLIC_ORDER": "平安巡防队", "PSYCH_SUPPORT": "心理疏导队", "COMMUNITY": "社区服务队", "LOGISTICS": "物资保障队", "TRANSPORT": "转运队",
    "SHELTER_CARE": "安置服务队", "LEVEE_PATROL": "巡堤队", "INFO_SURVEY": "摸排队", "COMMS": "通信保障队", "DISINFECTION": "消杀队",
    "VRP_RECEPTION": "接待登记队",
}  # fmt: skip
STANDING = (
    ("STANDING_POLICY", "理论政策宣讲队"), ("STANDING_CULTURE", "文化文艺服务队"), ("STANDING_EDUCATION", "助学支教队"),
    ("STANDING_HEALTH", "医疗健身队"), ("STANDING_SCIENCE", "科学普及队"), ("STANDING_LEGAL", "法律服务队"),
    ("STANDING_ENVIRONMENT", "卫生环保队"), ("STANDING_AID", "扶贫帮困队"),
)  # fmt: skip

Rows = list[dict[str, Any]]


class City(NamedTuple):
    """Rows by file name, boundaries and layers in degrees, roads as a directed graph with `length` (m) and `road` class."""

    plan: CityPlan
    divisions: Rows
    stations: Rows
    people: Rows
    teams: Rows
    officers: Rows
    shapes: dict[str, BaseGeometry]
    river: BaseGeometry
    urban: BaseGeometry
    roads: "nx.DiGraph[int]"


def make_city(plan: CityPlan) -> City:
    """The same plan gives the same city, in any process."""
    chance = np.random.default_rng(plan.seed)
    land = make_land(plan, chance)
    stations = _stations(plan, land, chance)
    teams, people = _teams(plan, stations, chance)
    return City(
        plan=plan, divisions=[{"code": d.code, "name": d.name, "name_en": d.name_en} for d in land.divisions], stations=stations,
        people=people, teams=teams, officers=_officers(land, chance), shapes=land.shapes, river=land.river, urban=land.urban,
        roads=_roads(plan, land),
    )  # fmt: skip


def _stations(plan: CityPlan, land: Land, chance: np.random.Generator) -> Rows:
    """A centre for each county, an office for each township, a station for each second village, posts in the town."""
    made: list[tuple[str, Division, tuple[float, float]]] = []
    for division in land.divisions:
        if len(division.code) == len(plan.code) + 2:
            made.append(("centre", division, _beside(division.seat, land.shapes[division.code], chance)))
        elif len(division.code) == TOWNSHIP_DIGITS:
            made.append(("office", division, division.seat))
        elif len(division.code) == VILLAGE_DIGITS and (int(division.code[-1]) % 2 == 0 or division.name.endswith("社区")):
            made.append(("station", division, division.seat))
    word = {"centre": "实践中心", "office": "实践所", "station": "实践站"}
    places = to_degrees(plan, np.array([seat for _, _, seat in made]))
    return [
        {
            "id": f"s{n:04d}", "name": division.name + word[tier], "tier": tier, "division": division.code, "lon": round(lon, 6),
            "lat": round(lat, 6), "radius_m": 1000,
        }
        for n, ((tier, division, _), (lon, lat)) in enumerate(zip(made, places.tolist(), strict=True), 1)
    ]  # fmt: skip


def _beside(seat: tuple[float, float], shape: BaseGeometry, chance: np.random.Generator) -> tuple[float, float]:
    """Near the seat, so that the centre and the office there are two places."""
    east, north = (float(step) for step in chance.normal(0, 0.4, 2))
    moved = (seat[0] + east, seat[1] + north)
    return moved if shapely.contains_xy(shape, *moved) else seat


def _teams(plan: CityPlan, stations: Rows, chance: np.random.Generator) -> tuple[Rows, Rows]:
    teams: Rows = []
    people: Rows = []
    shares = np.array([share for share, _ in _CREW.values()], float)
    standing = [(code, word, s) for s in stations if s["tier"] == "centre" for code, word in STANDING]
    general = max(plan.teams - len(standing), 0)
    counts = np.floor(shares / shares.sum() * general).astype(int)
    counts[: general - counts.sum()] += 1
    homes = [s for s in stations if s["tier"] != "centre"]
    wanted = [
        (speciality, _TEAM_WORD[speciality], None)
        for speciality, count in zip(_CREW, counts.tolist(), strict=True)
        for _ in range(count)
    ]
    for number, (speciality, word, at) in enumerate([*wanted, *standing], 1):
        home = at or homes[int(chance.integers(len(homes)))]
        size = _CREW.get(speciality, (0, 10))[1]
        crew = [_person(plan, len(people) + n, home, speciality, chance) for n in range(size)]
        people += crew
        ids = [person["id"] for person in crew]
        teams.append({
            "id": f"t{number:04d}", "name": home["name"].removesuffix("实践站").removesuffix("实践所").removesuffix("实践中心") + word,
            "speciality": speciality, "kind": "standing" if at else "specialist", "station": home["id"], "lon": home["lon"],
            "lat": home["lat"], "minimum_crew": 2, "size": size, "leader": ids[0], "deputies": ";".join(ids[1:3]),
            "members": ";".join(ids[3:]), "simulated": 1,
        })  # fmt: skip
    while len(people) < plan.people:
        people.append(_person(plan, len(people), homes[int(chance.integers(len(homes)))], "", chance))
    return teams, people


def _person(plan: CityPlan, number: int, home: dict[str, Any], speciality: str, chance: np.random.Generator) -> dict[str, Any]:
    today = plan.today
    age_days = int(chance.integers(19 * 366, 66 * 365))
    until = today + timedelta(days=int(chance.integers(20, 900)))
    held = f"{speciality}:{until}" if speciality in _NEEDS_CERTIFICATE else ""
    return {
        "id": f"p{number + 1:06d}", "name": names.person(chance), "phone": names.phone(number), "birth_date": str(today - timedelta(days=age_days)),
        "division": home["division"], "insured_until": str(date(today.year + 1, 12, 31)), "credentials": held, "simulated": 1,
    }  # fmt: skip


def _officers(land: Land, chance: np.random.Generator) -> Rows:
    rows: Rows = []
    for division in land.divisions:
        if len(division.code) == VILLAGE_DIGITS:
            continue
        roles = ("duty_officer", "watch_leader") if len(division.code) < TOWNSHIP_DIGITS else ("duty_officer",)
        rows += [
            {"id": f"o{len(rows) + n:04d}", "name": names.person(chance), "role": role, "post": division.code}
            for n, role in enumerate(roles, 1)
        ]
    return rows


def _roads(plan: CityPlan, land: Land) -> "nx.DiGraph[int]":
    """Roads between seats: the shortest connected web plus what makes it dense where places are near each other."""
    seats = np.array([d.seat for d in land.divisions[1:]])
    degrees = to_degrees(plan, seats)
    web: nx.Graph[int] = nx.Graph()
    for corners in Delaunay(seats).simplices.tolist():
        for a, b in ((corners[0], corners[1]), (corners[1], corners[2]), (corners[0], corners[2])):
            web.add_edge(a, b, length=float(np.hypot(*(seats[a] - seats[b])) * 1000))
    kept = nx.Graph(nx.minimum_spanning_tree(web, weight="length"))
    short = float(np.quantile([data["length"] for _, _, data in web.edges(data=True)], 0.55))
    kept.add_edges_from(
        (a, b, data) for a, b, data in sorted(web.edges(data=True), key=lambda e: e[:2]) if data["length"] < short
    )
    roads: nx.DiGraph[int] = nx.DiGraph()
    for node in sorted(kept.nodes):
        roads.add_node(node, lon=round(float(degrees[node, 0]), 6), lat=round(float(degrees[node, 1]), 6))
    for a, b, data in sorted(kept.edges(data=True), key=lambda e: (min(e[:2]), max(e[:2]))):
        kind = _road_class(land.divisions[a + 1].code, land.divisions[b + 1].code)
        roads.add_edge(a, b, length=round(data["length"], 1), road=kind)
        roads.add_edge(b, a, length=round(data["length"], 1), road=kind)
    return roads


def _road_class(a: str, b: str) -> str:
    longest = max(len(a), len(b))
    return "primary" if longest <= TOWNSHIP_DIGITS - 3 else "secondary" if longest <= TOWNSHIP_DIGITS else "tertiary"
