"""A made-up city of any size, from a seed: the very rows `muster import` reads. All of it is fictional."""

from drills.city.made import City, make_city
from drills.city.plan import CityPlan
from drills.city.write import write_rows

__all__ = ["City", "CityPlan", "make_city", "write_rows"]
