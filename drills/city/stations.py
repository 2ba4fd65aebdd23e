"""Stations: a practice centre a county, an office a township, stations in villages, and service posts that close gaps in town."""

import numpy as np
import shapely
from scipy.spatial import cKDTree

from drills.city.ground import Ground, Place
from drills.city.names import phone
from drills.city.plan import TOWNSHIP_DIGITS, CityPlan, Floats, Table
from drills.city.streets import Streets

COLUMNS = ("id", "name", "name_en", "tier", "division", "lon", "lat", "radius_m", "phone")
_WORDS = {
    "centre": ("新时代文明实践中心", "New Era Civilization Practice Centre"), "office": ("新时代文明实践所", "New Era Civilization Practice Office"),
    "station": ("新时代文明实践站", "New Era Civilization Practice Station"), "post": ("志愿服务驿站", "Volunteer Service Post"),
}  # fmt: skip
_CORNERS = (
    ("文化广场", "Culture Square"), ("人民公园", "People's Park"), ("汽车客运站", "Coach Station"), ("体育馆", "Stadium"),
    ("市民中心", "Civic Centre"), ("第一中学", "No. 1 School"), ("中心医院", "Central Hospital"), ("步行街", "Walking Street"),
    ("农贸市场", "Market"), ("滨江绿道", "Riverside Path"), ("图书馆", "Library"), ("火车站", "Railway Station"),
)  # fmt: skip
PHONES_FROM = 90_000_000


def make_stations(plan: CityPlan, ground: Ground, streets: list[Streets]) -> Table:
    """Every station stands on dry ground within its division, at a sixth of a decimal of a degree."""
    spots: list[tuple[str, Place, tuple[str, str], Floats]] = []
    chance = plan.chance(10)
    for tier, digits, aside in (("centre", 6, 0.12), ("office", TOWNSHIP_DIGITS, 0.06)):
        spots += [(tier, p, (p.name, p.name_en), beside(plan, ground, p, chance, aside)) for p in ground.tier(digits)]
    seated = {place.seat.tobytes() for place in ground.tier(9)}
    for place in ground.tier(12):
        must = place.name.endswith("社区") or place.seat.tobytes() in seated
        if must or chance.uniform() < plan.village_station_share:
            spots.append(("station", place, (place.name, place.name_en), beside(plan, ground, place, chance, 0.0)))
    spots += _posts(plan, ground, streets[0], np.array([spot[3] for spot in spots]))
    degrees = plan.plane.lonlat(np.array([spot[3] for spot in spots])).tolist()
    return Table(COLUMNS, [
        (f"S{n:05d}", names[0] + _WORDS[tier][0], f"{names[1]} {_WORDS[tier][1]}", tier, place.code, lon, lat, 1000, phone(PHONES_FROM + n))
        for n, ((tier, place, names, _), (lon, lat)) in enumerate(zip(spots, degrees, strict=True), 1)
    ])  # fmt: skip


def beside(plan: CityPlan, ground: Ground, place: Place, chance: np.random.Generator, share: float) -> Floats:
    """Near the seat, on dry ground of the division; its own middle where no such point is found."""
    shape = ground.shape[place.code]
    dry = shapely.transform(shape, plan.plane.xy).difference(ground.water.blocked.buffer(0.03))
    shapely.prepare(dry)
    aside = share * plan.town_km[1]
    for _ in range(40):
        turn, far = chance.uniform(0, 2 * np.pi), aside * chance.uniform(0.8, 1.6)
        spot = place.seat + far * np.array([np.cos(turn), np.sin(turn)])
        if shapely.contains_xy(dry, *spot):
            return np.asarray(spot)
    middle = (dry if not dry.is_empty else shapely.transform(shape, plan.plane.xy)).representative_point()
    return np.array([middle.x, middle.y])


def _posts(plan: CityPlan, ground: Ground, town: Streets, taken: Floats) -> list[tuple[str, Place, tuple[str, str], Floats]]:
    """Corners of the town, each the farthest from all stations, until none is farther than the spacing."""
    far: Floats = np.asarray(cKDTree(taken).query(town.xy)[0])
    spacing = plan.post_spacing_km * min(1.0, plan.town_km[1] / 2.7)
    degrees = plan.plane.lonlat(town.xy)
    villages = ground.tier(12)
    tree = shapely.STRtree([ground.shape[place.code] for place in villages])
    made: list[tuple[str, Place, tuple[str, str], Floats]] = []
    counted: dict[str, int] = {}
    while float(far.max()) > spacing:
        best = int(np.argmax(far))
        np.minimum(far, np.hypot(*(town.xy - town.xy[best]).T), out=far)
        inside = np.sort(tree.query(shapely.Point(degrees[best]), predicate="within"))
        if len(inside) == 0:
            continue
        village = villages[int(inside[0])]
        number = counted[village.code[:9]] = counted.get(village.code[:9], -1) + 1
        street = next(place for place in ground.tier(9) if place.code == village.code[:9])
        zh, en = _CORNERS[(number * 5 + int(village.code[6:9]) * 3) % len(_CORNERS)]
        again = "" if number < len(_CORNERS) else str(number // len(_CORNERS) + 1)
        made.append(
            ("post", village, (f"{street.name}{zh}{again}", f"{street.name_en} {en}{again and ' ' + again}"), town.xy[best])
        )
    return made
