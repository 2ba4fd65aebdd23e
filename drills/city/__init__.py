"""A made-up city of any size, from a seed: the very rows `muster import` reads. All of it is fictional."""

from drills.city.made import Land, make_city, make_land
from drills.city.plan import City, CityPlan, Table
from drills.city.write import write_rows

__all__ = ["City", "CityPlan", "Land", "Table", "make_city", "make_land", "write_rows"]
