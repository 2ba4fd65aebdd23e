"""Volunteers of invented names, ages 18 to 66, some of whose insurance or certificates have run out, as in life."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import shapely

from drills.city import names
from drills.city.ground import Ground
from drills.city.plan import IN_TOWN, CityPlan, Floats, Ints, Table
from drills.city.teams import Crew

COLUMNS = ("id", "name", "phone", "birth_date", "division", "station", "lon", "lat", "insured_until", "credentials", "simulated")
CREDENTIAL = {
    code: code for code in ("FIRST_AID", "FIRE_SUPPORT", "RESCUE_WATER", "RESCUE_STRUCT", "RESCUE_MOUNTAIN", "PSYCH_SUPPORT")
}
UNINSURED_SHARE, EXPIRED_SHARE, AED_SHARE = 0.04, 0.06, 0.12
DAYS_A_YEAR = 365.25
RESIDENTS_A_VOLUNTEER, PEOPLE_A_BUILDING, COUNT_KM = 60, 8, 0.5
"""Invented, as all of the city."""
SURE = 3
"""The leader and the deputies of a crew hold its certificate for sure; the leader's is valid."""


@dataclass(frozen=True)
class Homes:
    """Where people live: village number of each, and their base in degrees."""

    village: Ints
    base: Floats


def person_id(number: int) -> str:
    return f"V{number + 1:06d}"


def settle(plan: CityPlan, ground: Ground) -> Homes:
    """More people where villages lie close together; each near the seat of the village, within the city."""
    chance = plan.chance(11)
    seats = np.array([place.seat for place in ground.tier(12)])
    a, b = plan.town_km
    weight = 1 + 3.0 * (np.hypot(seats[:, 0] / a, seats[:, 1] / b) < IN_TOWN)
    village = chance.choice(len(seats), plan.people, p=weight / weight.sum())
    spread = 0.12 * np.where(weight[village] > 1, 0.7, 1.3)[:, None] * b / 2.7
    return Homes(village, plan.plane.lonlat(seats[village] + chance.normal(0, 1, (plan.people, 2)) * spread))


def counts_table(plan: CityPlan, ground: Ground, homes: Homes) -> Table:
    """Who lives where and in how many buildings, in squares: many times as many as volunteer, spread as they are. A square's place is that
    of one home in it, which lies in the city even where the middle of the square does not."""
    base = np.round(homes.base, 6)
    base = base[shapely.contains_xy(ground.shape[plan.code], base[:, 0], base[:, 1])]
    cells = np.floor(base / (COUNT_KM * 1000 / 111_000.0)).astype(np.int64)
    _, first, counted = np.unique(cells, axis=0, return_index=True, return_counts=True)
    people = counted * RESIDENTS_A_VOLUNTEER + plan.chance(15).integers(0, RESIDENTS_A_VOLUNTEER, len(first))
    rows = zip(*base[first].T.tolist(), people.tolist(), (people // PEOPLE_A_BUILDING + 1).tolist(), strict=True)
    return Table(("lon", "lat", "people", "buildings"), list(rows))


def people_table(plan: CityPlan, ground: Ground, homes: Homes, crews: list[Crew]) -> Table:
    chance = plan.chance(12)
    count = plan.people
    station = [""] * count
    held: list[str] = [""] * count
    aed = chance.uniform(0, 1, count) < AED_SHARE
    fine = chance.uniform(0, 1, count) > EXPIRED_SHARE
    left = chance.integers(40, 720, count)
    gone = -chance.integers(5, 200, count)
    days = np.where(fine, left, gone)
    for crew in crews:
        code = CREDENTIAL.get(crew.speciality)
        for rank, member in enumerate(crew.members):
            station[member] = station[member] or crew.station
            if code and code not in held[member] and (rank < SURE or fine[member]):
                until = int(left[member]) if rank == 0 else int(days[member])
                held[member] += (";" if held[member] else "") + f"{code}:{_day(plan.today, until)}"
    for n in np.flatnonzero(aed).tolist():
        held[n] += (";" if held[n] else "") + f"AED:{_day(plan.today, int(left[n]))}"
    insured_days = np.where(chance.uniform(0, 1, count) < UNINSURED_SHARE, gone, chance.integers(30, 400, count))
    ages = (18 + 48 * chance.beta(1.7, 2.2, count)) * DAYS_A_YEAR + 1
    codes = [place.code for place in ground.tier(12)]
    days_of = _Days(plan.today)
    rows = zip(
        names.people(chance, count), ages.astype(int).tolist(), homes.village.tolist(), station, homes.base.tolist(),
        insured_days.tolist(), held, strict=True,
    )  # fmt: skip
    return Table(COLUMNS, [
        (person_id(n), name, names.phone(n), days_of[-age], codes[village], at, lon, lat, days_of[insured], credentials, 1)
        for n, (name, age, village, at, (lon, lat), insured, credentials) in enumerate(rows)
    ])  # fmt: skip


class _Days(dict[int, str]):
    """Days from today, written out once each."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def __missing__(self, days: int) -> str:
        self[days] = _day(self._today, days)
        return self[days]


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
