"""A made-up city of any size, from a seed: the very rows `muster import` reads. All of it is fictional."""

from drills.city.made import make_city
from drills.city.plan import City, CityPlan, Table
from drills.city.write import write_rows

__all__ = ["City", "CityPlan", "Table", "make_city", "write_rows"]
