"""A drill put on the ground of one realm: which posts, which points. What it cannot find is a fault of the drill, named."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from drills.conduct import Cued, DrillOpened
from drills.conduct.facts import Watched
from drills.scenario import Scenario, ScenarioFault, Spot
from drills.scenario.checking import Fault
from geo.plane import Plane
from incidents import Ground

LonLat = tuple[float, float]
_COUNTY, _TOWNSHIP = 6, 9


class Staged(NamedTuple):
    """`posts`: division codes by how the file writes them; `spots`: WGS-84."""

    scenario: Scenario
    city: str
    posts: Mapping[str, str]
    spots: Mapping[str, LonLat]


class Approval(NamedTuple):
    """Of a no-notice exercise: who allowed it, who watches over safety, how many were told beforehand. `safety`: the id of an officer,
    where it is one of the registry."""

    approved_by: str = ""
    safety_officer: str = ""
    told: int = 0
    safety: str = ""


ANNOUNCED = Approval()


def stage(scenario: Scenario, *, city: str, divisions: Sequence[str], ground: Ground) -> Staged:
    """`divisions`: all codes of the realm. Raises ScenarioFault where the city has no such county, township or seat."""
    faults: list[Fault] = []
    posts = counted(city, divisions)
    for at, post in _named_posts(scenario):
        if post not in posts:
            faults.append(Fault(at, "post", post))
    spots: dict[str, LonLat] = {}
    for name, spot in scenario.spots.items():
        seat = ground.seat(posts.get(spot.division, ""))
        if seat is None:
            faults.append(Fault(f"spots.{name}", "post", spot.division))
        else:
            spots[name] = _beside(seat.lon, seat.lat, spot)
            if ground.locate(*spots[name]) is None:
                faults.append(Fault(f"spots.{name}", "off_city", f"{spot.east_m:g} {spot.north_m:g}"))
    if faults:
        raise ScenarioFault(tuple(dict.fromkeys(faults)))
    return Staged(scenario, city, posts, spots)


def counted(city: str, divisions: Iterable[str]) -> dict[str, str]:
    """Every post a file may name, as it writes it: its division code."""
    codes = sorted(divisions)
    posts = {"city": city}
    for n, county in enumerate((code for code in codes if len(code) == _COUNTY), 1):
        townships = (code for code in codes if len(code) == _TOWNSHIP and code.startswith(county))
        posts |= {f"county-{n}": county} | {f"county-{n}/{k}": code for k, code in enumerate(townships, 1)}
    return posts


def opening(staged: Staged, *, text: str, way: str, begin_ms: int, approval: Approval = ANNOUNCED) -> DrillOpened:
    """STARTEX as it is recorded. `text`: the hash of the file."""
    scenario = staged.scenario
    return DrillOpened(
        scenario=scenario.id, text=text, way=way, seed=scenario.seed, begin_ms=begin_ms,
        end_ms=begin_ms + round(scenario.lasts_min * 60_000),
        cues=tuple(Cued(no=each.no, kind=each.kind, cue=each.cue) for each in scenario.injects),
        incidents=tuple(
            Watched(name=name, setting=each, lon=staged.spots[each.spot][0], lat=staged.spots[each.spot][1])
            for name, each in scenario.incidents.items()
        ),
        objectives=tuple(each.id for each in scenario.objectives),
        approved_by=approval.approved_by, safety_officer=approval.safety_officer, told=approval.told,
        safety=approval.safety,
    )  # fmt: skip


def _beside(lon: float, lat: float, spot: Spot) -> LonLat:
    moved = Plane(lon, lat).degrees(np.array([[spot.east_m, spot.north_m]]))[0]
    return round(float(moved[0]), 6), round(float(moved[1]), 6)


def _named_posts(scenario: Scenario) -> list[tuple[str, str]]:
    found = [(f"spots.{name}.division", spot.division) for name, spot in scenario.spots.items()]
    for n, inject in enumerate(scenario.injects):
        found += [(f"injects[{n}].to", post) for post in inject.to]
        for k, act in enumerate(inject.acts):
            found += [
                (f"injects[{n}].acts[{k}]", post)
                for field in ("by", "division")
                if (post := getattr(act, field, None)) is not None
            ]
    return found
