"""Divisions: villages gather into townships, townships into counties, each whole and connected; names and codes by their ranges."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from drills.city import names
from drills.city.cells import Cells, local_size, make_cells
from drills.city.plan import IN_TOWN, CityPlan, Feature, Floats, Ints, Table, feature
from drills.city.water import River, Water, make_river, make_water

RIVER_IS_BORDER_FROM = -0.55
"""West of this share of the half width both banks belong together; east of it the river divides counties."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A division with its seat in km."""

    code: str
    name: str
    name_en: str
    seat: Floats


@dataclass(frozen=True, kw_only=True)
class Ground:
    """`places` has the city first and parents before children; `shape` by code in degrees; `village_of` code -> cell."""

    water: Water
    cells: Cells
    places: list[Place]
    shape: dict[str, BaseGeometry]

    def tier(self, digits: int) -> list[Place]:
        return [place for place in self.places if len(place.code) == digits]


def make_ground(plan: CityPlan) -> Ground:
    river = make_river(plan)
    water = make_water(plan, river)
    towns = _county_towns(plan, river)
    cells = make_cells(plan, river, towns)
    size = local_size(plan, towns, cells.seat)
    county = _counties(plan, cells, size, towns)
    township = _townships(plan, cells, size, county, towns)
    places, shape = _named(plan, cells, county, township, towns)
    return Ground(water=water, cells=cells, places=places, shape=shape)


def _county_towns(plan: CityPlan, river: River) -> Floats:
    """The city's own middle, then the other county towns around it, the first of them across the river."""
    w, h = plan.half_km
    turn = np.radians(-62 + 360 * np.arange(plan.counties - 1) / max(plan.counties - 1, 1))
    around = np.stack([0.52 * w * np.cos(turn), 0.58 * h * np.sin(turn)], axis=1)
    away = around[:, 1] - river.y(around[:, 0])
    clear = 0.09 * h
    around[:, 1] += np.where(np.abs(away) < clear, np.sign(away) * clear - away, 0)
    return np.concatenate([np.zeros((1, 2)), around])


def _steps(cells: Cells, cost: Floats) -> csr_matrix:
    a, b = cells.pairs.T
    count = len(cells.seat)
    both = (np.concatenate([a, b]), np.concatenate([b, a]))
    return csr_matrix((np.concatenate([cost, cost]), both), shape=(count, count))


def _length(cells: Cells, size: Floats) -> Floats:
    a, b = cells.pairs.T
    return np.asarray(np.hypot(*(cells.seat[a] - cells.seat[b]).T) / np.sqrt(size[a] * size[b]))


def _counties(plan: CityPlan, cells: Cells, size: Floats, towns: Floats) -> Ints:
    """Each village to the county town it reaches most easily; crossing the river is dear where it is the border."""
    a = cells.pairs[:, 0]
    west = cells.seat[a, 0] < RIVER_IS_BORDER_FROM * plan.half_km[0]
    cost = _length(cells, size**0.3) * np.where(cells.wet & ~west, 50.0, 1.0)
    seats = [int(np.argmin(np.hypot(*(cells.seat - town).T))) for town in towns]
    reach = dijkstra(_steps(cells, cost), indices=np.array(seats))
    return np.asarray(np.argmin(reach, axis=0), dtype=np.int64)


def _townships(plan: CityPlan, cells: Cells, size: Floats, county: Ints, towns: Floats) -> list[tuple[int, Ints]]:
    """(seat cell, member cells) of each township, county by county; every county has one or more, by its villages."""
    counts = np.bincount(county, minlength=plan.counties)
    share = np.maximum(1, np.floor(counts / counts.sum() * plan.townships)).astype(np.int64)
    while share.sum() != plan.townships:
        short = int(share.sum()) < plan.townships
        rate = counts / share
        share[int(np.argmax(rate)) if short else int(np.argmin(np.where(share > 1, rate, np.inf)))] += 1 if short else -1
    a, b = cells.pairs.T
    within = county[a] == county[b]
    cost = np.where(within, _length(cells, size) * np.where(cells.wet, 3.0, 1.0), 1e6)
    reach = dijkstra(_steps(cells, cost))
    made: list[tuple[int, Ints]] = []
    for k in range(plan.counties):
        members = np.flatnonzero(county == k)
        first = int(members[np.argmin(np.hypot(*(cells.seat[members] - towns[k]).T))])
        own = reach[np.ix_(members, members)]
        seats = [int(np.searchsorted(members, first))]
        while len(seats) < share[k]:
            seats.append(int(np.argmax(own[seats].min(axis=0))))
        for _ in range(6):
            owner = np.argmin(own[seats], axis=0)
            groups = [np.flatnonzero(owner == n) for n in range(len(seats))]
            seats = [g[int(np.argmin((own[np.ix_(g, g)] ** 2).sum(axis=0)))] if n else seats[0] for n, g in enumerate(groups)]
        owner = np.argmin(own[seats], axis=0)
        made += [(int(members[seat]), members[owner == n]) for n, seat in enumerate(seats)]
    return made


def _named(
    plan: CityPlan, cells: Cells, county: Ints, townships: list[tuple[int, Ints]], towns: Floats
) -> tuple[list[Place], dict[str, BaseGeometry]]:
    places = [Place(code=plan.code, name=plan.name, name_en=plan.name_en, seat=towns[0])]
    shape: dict[str, BaseGeometry] = {}
    used: set[str] = {name for name, _ in names.STREETS} | {name for town in names.TOWNS for name, _ in town}
    fresh = (pair for pair in names.places(plan.chance(5), homes=True) if pair[0] not in used)
    short = (pair for pair in names.places(plan.chance(9), homes=False) if pair[0] not in used)
    a, b = plan.town_km
    for k in range(plan.counties):
        code = f"{plan.code}{1 if k == 0 else 20 + k:02d}"
        zh, en = names.COUNTIES[k] if k < len(names.COUNTIES) else _county_name(next(short))
        mine = [(seat, group) for seat, group in townships if county[seat] == k]
        mine.sort(key=lambda each: (float(np.hypot(*(cells.seat[each[0]] - towns[k]))), each[0]))
        places.append(Place(code=code, name=zh, name_en=en, seat=cells.seat[mine[0][0]]))
        shape[code] = shapely.coverage_union_all([cells.shape[n] for n in np.flatnonzero(county == k)])
        counted = {"街道": 0, "镇": 99, "乡": 199}
        pools = {"街道": list(names.STREETS), "镇": list(names.TOWNS[k] if k < len(names.TOWNS) else ()), "乡": []}
        for order, (seat, group) in enumerate(mine):
            at = cells.seat[seat]
            street = k == 0 and bool(np.hypot(at[0] / a, at[1] / b) < IN_TOWN)
            kind = "街道" if street else "乡" if order > 0.75 * len(mine) else "镇"
            counted[kind] += 1
            name, letters = pools[kind].pop(0) if pools[kind] else next(short)
            suffix = {"街道": " Subdistrict", "镇": " Town", "乡": " Township"}[kind]
            own = f"{code}{counted[kind]:03d}"
            places.append(Place(code=own, name=name + kind, name_en=letters + suffix, seat=at))
            shape[own] = shapely.coverage_union_all([cells.shape[n] for n in group])
            numbered = {"社区": 0, "村": 199}
            for n in sorted(group.tolist(), key=lambda n: (n != seat, n)):
                kind = "社区" if street or n == seat else "村"
                numbered[kind] += 1
                word, spelt = (name, letters) if n == seat else next(fresh)
                code_12 = f"{own}{numbered[kind]:03d}"
                english = spelt + (" Community" if kind == "社区" else " Village")
                places.append(Place(code=code_12, name=word + kind, name_en=english, seat=cells.seat[n]))
                shape[code_12] = cells.shape[n]
    shape[plan.code] = shapely.coverage_union_all(cells.shape)
    return places, shape


def _county_name(place: tuple[str, str]) -> tuple[str, str]:
    return place[0] + "县", place[1] + " County"


def division_table(ground: Ground) -> Table:
    return Table(("code", "name", "name_en"), [(place.code, place.name, place.name_en) for place in ground.places])


def boundary_features(plan: CityPlan, ground: Ground) -> list[Feature]:
    """City, counties and townships; villages where asked for."""
    longest = 12 if plan.village_boundaries else 9
    return [
        feature(mapping(ground.shape[place.code]), code=place.code, name=place.name, name_en=place.name_en)
        for place in ground.places
        if len(place.code) <= longest
    ]


def place_features(plan: CityPlan, ground: Ground) -> list[Feature]:
    """Labels: counties and townships at their seats, the river and lakes where they are wide."""
    kinds = {4: "city", 6: "county", 9: "township", 12: "village"}
    spots = plan.plane.lonlat(np.array([place.seat for place in ground.places])).tolist()
    return [
        feature({"type": "Point", "coordinates": spot}, kind=kinds[len(p.code)], code=p.code, name=p.name, name_en=p.name_en)
        for p, spot in zip(ground.places, spots, strict=True)
    ]
