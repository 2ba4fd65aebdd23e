"""What a made-up city is to be like. Everything in it is fictional, and every file of it says so."""

from datetime import date
from typing import NamedTuple


class CityPlan(NamedTuple):
    """Sizes of a city. `centre` (lon, lat, WGS-84) and half its width and height in km; `code` from 99: no real place."""

    seed: int = 1
    code: str = "9901"
    name: str = "云江市"
    name_en: str = "Yunjiang"
    centre: tuple[float, float] = (112.0, 30.4)
    half_km: tuple[float, float] = (32.0, 24.0)
    counties: int = 3
    townships: int = 30
    villages_per_township: int = 8
    people: int = 1_500
    teams: int = 143
    today: date = date(2026, 7, 14)
