"""A few made-up reports in the columns of a crisis map, and a small table and city to replay them in."""

import csv
from pathlib import Path

import msgspec

from drills.reports import CityFigures, read_table

HAITI = read_table("haiti")
SMALL = msgspec.structs.replace(
    HAITI,
    city=CityFigures(
        code="9908", name="演练小城（虚构）", name_en="Small Drill City (fictional)", bounds=(-72.6, 18.3, -72.1, 18.7), counties=2,
        townships=6, villages_per_township=3, people=500, teams=60,
    ),
)  # fmt: skip
LON, LAT = -72.33, 18.54
METRE = 1 / 111_195
"""Degrees of latitude."""
ROWS = (
    ("1", "10:00", "5a. Structure effondres | Collapsed structure, ", LON, LAT),
    ("2", "10:05", "1d. Incendie | Fire, ", LON, LAT),
    ("3", "11:00", "1. Urgences | Emergency, 1c. Personnes prises au piege | People trapped, ", LON, LAT + 290 * METRE),
    ("4", "11:00", "1c. Personnes prises au piege | People trapped, ", LON, LAT - 310 * METRE),
    ("5", "12:01", "5a. Structure effondres | Collapsed structure, ", LON, LAT),
    ("6", "12:02", "1. Urgences | Emergency, ", -69.89, 18.48),
    ("7", "12:03", "1. Urgences | Emergency, ", LAT, LON),
    ("8", "12:04", "7a. Distribution d'aliments | Food distribution point, ", LON, LAT),
    ("9", "12:05", "9z. Autre chose | Something else, ", LON, LAT),
    ("10", "12:06", "", LON, LAT),
    ("1", "12:07", "1d. Incendie | Fire, ", LON, LAT),
    ("12", "25:61", "1d. Incendie | Fire, ", LON, LAT),
)


def write_reports(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Serial", "ts", "CATEGORY", "LATITUDE", "LONGITUDE", "APPROVED", "VERIFIED"))
        for number, clock, category, lon, lat in ROWS:
            writer.writerow((number, f"2010-01-13T{clock}:00-05:00", category, f"{lat:.6f}", f"{lon:.6f}", "YES", "NO"))
    return path
