"""Places of public life by the names people call them: of every township the school, the health centre and the market."""

from drills.city.ground import Ground
from drills.city.plan import TOWNSHIP_DIGITS, CityPlan, Table
from drills.city.stations import beside

COLUMNS = ("id", "name", "division", "lon", "lat")
_KEPT = ("中学", "卫生院", "农贸市场")
_SUFFIXES = ("街道", "镇", "乡")
_ROOM, _ASIDE = 15, 0.08


def make_places(plan: CityPlan, ground: Ground) -> Table:
    chance = plan.chance(_ROOM)
    rows: list[tuple[str, str, str, float, float]] = []
    for town in ground.tier(TOWNSHIP_DIGITS):
        short = next(town.name.removesuffix(suffix) for suffix in _SUFFIXES if town.name.endswith(suffix))
        for kept in _KEPT:
            [(lon, lat)] = plan.plane.lonlat(beside(plan, ground, town, chance, _ASIDE)[None]).tolist()
            rows.append((f"L{len(rows) + 1:04d}", short + kept, town.code, lon, lat))
    return Table(COLUMNS, rows)
