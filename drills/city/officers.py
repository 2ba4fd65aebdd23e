"""Officers: a duty officer and a watch leader for the city, each county and each township, one trainer, keepers of stations."""

from drills.city import names
from drills.city.ground import Ground
from drills.city.plan import TOWNSHIP_DIGITS, CityPlan, Table

COLUMNS = ("id", "name", "role", "post", "station", "phone")
PHONES_FROM = 80_000_000
FIRST = "周敏"


def make_officers(plan: CityPlan, ground: Ground, stations: Table) -> Table:
    """Ids tell the post: duty-990101, watch-990101, keeper-S00001; service posts have no keeper."""
    wanted: list[tuple[str, str, str, str]] = []
    for place in ground.places:
        if len(place.code) <= TOWNSHIP_DIGITS:
            wanted.append((f"duty-{place.code}", "duty_officer", place.code, ""))
            wanted.append((f"watch-{place.code}", "watch_leader", place.code, ""))
    wanted.append((f"trainer-{plan.code}", "trainer", plan.code, ""))
    for id_, _, _, tier, division, *_ in stations.rows:
        if tier != "post":
            wanted.append((f"keeper-{id_}", "keeper", str(division), str(id_)))
    people = names.people(plan.chance(14), len(wanted))
    people[0] = FIRST
    return Table(COLUMNS, [
        (id_, name, role, post, station, names.phone(PHONES_FROM + n))
        for n, ((id_, role, post, station), name) in enumerate(zip(wanted, people, strict=True))
    ])  # fmt: skip
