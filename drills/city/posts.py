"""Duty numbers of the posts: two for the city, one for each county and township."""

from drills.city import names
from drills.city.ground import Ground
from drills.city.plan import TOWNSHIP_DIGITS, CityPlan, Table

COLUMNS = ("division", "phones")


def make_posts(plan: CityPlan, ground: Ground) -> Table:
    posts = [place.code for place in ground.places if len(place.code) <= TOWNSHIP_DIGITS]
    second = f";{names.landline(len(posts))}"
    return Table(COLUMNS, [(code, names.landline(n) + (second if code == plan.code else "")) for n, code in enumerate(posts)])
