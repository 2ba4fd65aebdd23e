"""Teams: specialist crews by heads, the eight standing teams of each county, and general teams up to the number asked for."""

from dataclasses import dataclass

import numpy as np

from drills.city.ground import Ground
from drills.city.names import numeral
from drills.city.plan import IN_TOWN, TOWNSHIP_DIGITS, CityPlan, Floats, Ints, Table

COLUMNS = (
    "id", "name", "name_en", "speciality", "kind", "station", "division", "lon", "lat", "minimum_crew", "size", "leader", "deputies",
    "members", "simulated",
)  # fmt: skip
SCALE_TEAMS = 143
TWO_DEPUTIES_FROM = 6
SPECIALISTS = {  # speciality -> (heads in the scale city, heads of a crew, word, English)
    "FIRST_AID": (180, 7, "急救", "First Aid"), "FIRE_SUPPORT": (100, 7, "义务消防", "Fire Support"),
    "RESCUE_WATER": (60, 8, "水上救援", "Water Rescue"), "RESCUE_STRUCT": (40, 10, "建筑救援", "Structural Rescue"),
    "RESCUE_MOUNTAIN": (20, 7, "山地救援", "Mountain Rescue"), "PUBLIC_ORDER": (140, 7, "平安巡防", "Safety Patrol"),
    "PSYCH_SUPPORT": (60, 5, "心理疏导", "Psychological Support"),
}  # fmt: skip
GENERAL = {
    "LEVEE_PATROL": ("巡堤查险", "Levee Patrol"), "INFO_SURVEY": ("灾情摸排", "Situation Survey"), "COMMUNITY": ("社区服务", "Community"),
    "SHELTER_CARE": ("安置服务", "Shelter Care"), "TRANSPORT": ("转运", "Transport"), "LOGISTICS": ("物资保障", "Supplies"),
    "COMMS": ("通信保障", "Communications"), "DISINFECTION": ("消杀", "Disinfection"), "VRP_RECEPTION": ("志愿者接待", "Volunteer Reception"),
}  # fmt: skip
STANDING = {
    "STANDING_POLICY": ("理论政策宣讲", "Policy Talks"), "STANDING_CULTURE": ("文化文艺服务", "Culture and Arts"),
    "STANDING_EDUCATION": ("助学支教", "Tutoring"), "STANDING_HEALTH": ("医疗健身", "Health and Fitness"),
    "STANDING_SCIENCE": ("科学普及", "Popular Science"), "STANDING_LEGAL": ("法律服务", "Legal Advice"),
    "STANDING_ENVIRONMENT": ("卫生环保", "Environment"), "STANDING_AID": ("扶贫帮困", "Help for People in Need"),
}  # fmt: skip
_GENERAL_ROUND = ("COMMUNITY", "LEVEE_PATROL", "LOGISTICS", "SHELTER_CARE", "TRANSPORT", "INFO_SURVEY", "COMMUNITY", "COMMS", "DISINFECTION",
                  "VRP_RECEPTION", "LEVEE_PATROL", "LOGISTICS")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Crew:
    """A team before it is a row: `members` are numbers of people, the leader first, then one or two deputies."""

    speciality: str
    kind: str
    station: str
    division: str
    members: list[int]


@dataclass(frozen=True)
class _Wanted:
    speciality: str
    kind: str
    size: int
    county: int | None


def make_crews(plan: CityPlan, ground: Ground, stations: Table, village: Ints) -> list[Crew]:
    """Crews stand at stations; members live as near as can be; nobody is in two specialist crews, and few in two teams at all."""
    chance = plan.chance(13)
    wanted = _wanted(plan, chance)
    rows = list(stations.rows)
    counties = [place.code for place in ground.tier(6)]
    centre = {str(row[4]): n for n, row in enumerate(rows) if row[3] == "centre"}
    homes = [n for n, row in enumerate(rows) if row[3] in ("office", "station", "post")]
    seats = {place.code: place.seat for place in ground.tier(12) + ground.tier(9)}
    draw = _Draw(ground, village, chance)
    crews = []
    urban = _urban_first(plan, [seats[str(rows[n][4])] for n in homes], chance)
    for k, want in enumerate(wanted):
        at = centre[counties[want.county]] if want.county is not None else homes[int(urban[k % len(urban)])]
        row = rows[at]
        near = (
            str(row[4])[:9]
            if len(str(row[4])) >= TOWNSHIP_DIGITS
            else next(p.code for p in ground.tier(9) if p.code.startswith(str(row[4])))
        )
        members = draw.take(near, want.size)
        crews.append(Crew(speciality=want.speciality, kind=want.kind, station=str(row[0]), division=str(row[4]), members=members))
    return crews


def _wanted(plan: CityPlan, chance: np.random.Generator) -> list[_Wanted]:
    standing = [(code, k) for k in range(plan.counties) for code in STANDING]
    scale = (plan.teams - len(standing)) / (SCALE_TEAMS - 24)
    heads = dict(plan.specialists) if plan.specialists is not None else {c: round(s[0] * scale) for c, s in SPECIALISTS.items()}
    most = 0.6 * plan.people / max(1, sum(heads.values()))
    made: list[_Wanted] = []
    for code, asked in heads.items():
        total = max(0, int(asked * min(1.0, most)))
        crews = max(1, round(total / SPECIALISTS[code][1])) if total else 0
        made += [_Wanted(code, "specialist", max(1, size), None) for size in _parts(chance, total, crews)]
    made = made[: max(0, plan.teams - len(standing))]
    general = plan.teams - len(made) - len(standing)
    rest = max(0, plan.people - sum(want.size for want in made))
    usual = max(2.0, min(14.0, 0.7 * rest / max(1, general + len(standing))))
    sizes = np.maximum(2, np.round(usual * chance.uniform(0.7, 1.3, general + len(standing)))).astype(int).tolist()
    made += [_Wanted(_GENERAL_ROUND[n % len(_GENERAL_ROUND)], "general", sizes[n], None) for n in range(general)]
    made += [_Wanted(code, "standing", sizes[general + n], k) for n, (code, k) in enumerate(standing)]
    return made


def _parts(chance: np.random.Generator, total: int, crews: int) -> list[int]:
    """A total in crews of about equal size, a head more here and fewer there, within 4 to 10 where that can be."""
    sizes = [total // crews + (n < total % crews) for n in range(crews)] if crews else []
    for n in range(0, len(sizes) - 1, 2):
        moved = min(int(chance.integers(0, 3)), 10 - sizes[n], sizes[n + 1] - 4)
        if moved > 0:
            sizes[n], sizes[n + 1] = sizes[n] + moved, sizes[n + 1] - moved
    return sizes


def _urban_first(plan: CityPlan, seats: list[Floats], chance: np.random.Generator) -> Ints:
    """Stations in the order teams settle at them: by lot, those in town first more often."""
    a, b = plan.town_km
    xy = np.array(seats)
    town = np.hypot(xy[:, 0] / a, xy[:, 1] / b) < IN_TOWN
    return np.argsort(chance.uniform(0, 1, len(xy)) * np.where(town, 0.55, 1.0), kind="stable").astype(np.int64)


class _Draw:
    """People by township in the order of a lot; who has been taken is taken again only when nobody is left."""

    def __init__(self, ground: Ground, village: Ints, chance: np.random.Generator) -> None:
        villages = [place.code[:9] for place in ground.tier(12)]
        townships = ground.tier(9)
        order = chance.permutation(len(village))
        self._queue: dict[str, list[int]] = {place.code: [] for place in townships}
        for person in order.tolist():
            self._queue[villages[int(village[person])]].append(person)
        self._again = order.tolist()
        seats = np.array([place.seat for place in townships])
        self._near = {
            place.code: [townships[int(n)].code for n in np.argsort(np.hypot(*(seats - place.seat).T), kind="stable")]
            for place in townships
        }

    def take(self, township: str, size: int) -> list[int]:
        taken: list[int] = []
        for code in self._near[township]:
            queue = self._queue[code]
            while queue and len(taken) < size:
                taken.append(queue.pop())
            if len(taken) == size:
                return taken
        while len(taken) < min(size, len(self._again)):
            person = self._again.pop(0)
            self._again.append(person)
            if person not in taken:
                taken.append(person)
        return taken


def team_table(crews: list[Crew], ground: Ground, stations: Table) -> Table:
    """Named for where they stand and what they do, counted where there are several: 学府街道急救二队."""
    by_code = {place.code: place for place in ground.places}
    place_of = {str(row[0]): row for row in stations.rows}
    many: dict[tuple[str, str], int] = {}
    homes = [by_code[crew.division[:9] if len(crew.division) > TOWNSHIP_DIGITS else crew.division] for crew in crews]
    for crew, home in zip(crews, homes, strict=True):
        many[home.code, crew.speciality] = many.get((home.code, crew.speciality), 0) + 1
    counted: dict[tuple[str, str], int] = {}
    rows = []
    for n, (crew, home) in enumerate(zip(crews, homes, strict=True), 1):
        key = (home.code, crew.speciality)
        order = counted[key] = counted.get(key, 0) + 1
        zh, en = _words(crew.speciality)
        one = many[key] == 1
        ids = [f"V{person + 1:06d}" for person in crew.members]
        deputies = 2 if len(ids) >= TWO_DEPUTIES_FROM else min(1, len(ids) - 1)
        station = place_of[crew.station]
        rows.append((
            f"T{n:05d}", f"{home.name}{zh}{'' if one else numeral(order)}队", f"{home.name_en} {en} Team{'' if one else f' {order}'}",
            crew.speciality, "standing" if crew.kind == "standing" else "specialist", crew.station, crew.division, station[5], station[6],
            min(len(ids), max(1, len(ids) // 3)), len(ids), ids[0], ";".join(ids[1 : 1 + deputies]), ";".join(ids[1 + deputies :]), 1,
        ))  # fmt: skip
    return Table(COLUMNS, rows)


def _words(speciality: str) -> tuple[str, str]:
    if speciality in SPECIALISTS:
        return SPECIALISTS[speciality][2:]
    return GENERAL.get(speciality) or STANDING[speciality]
