"""Writing a city as the files `muster import` reads, and the layers of its base map."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from drills.city.plan import City, Feature, Table

NOTICE = (
    "虚构城市，演示数据：地名、人名、电话均为编造 · A made-up city for demonstration: every place, person and number is invented"
)


def write_rows(city: City, folder: Path) -> None:
    """Tables, boundaries, `layers/`, `roads/` and `city.json`; byte for byte the same for the same plan."""
    (folder / "layers").mkdir(parents=True, exist_ok=True)
    (folder / "roads").mkdir(exist_ok=True)
    tables = {
        "divisions": city.divisions, "stations": city.stations, "places": city.places, "counts": city.counts, "people": city.people, "teams": city.teams, "posts": city.posts, "officers": city.officers,
        "roads/nodes": city.road_nodes, "roads/edges": city.road_edges,
    }  # fmt: skip
    for name, table in tables.items():
        _write_table(folder / f"{name}.csv", table)
    _write_features(folder / "boundaries.geojson", city.boundaries)
    for name, features in city.layers.items():
        _write_features(folder / "layers" / f"{name}.geojson", features)
    about = {
        "fictional": True, "notice": NOTICE, "code": city.plan.code, "name": city.plan.name, "name_en": city.plan.name_en,
        "seed": city.plan.seed, "today": city.plan.today.isoformat(), "crs": "wgs84",
        "rows": {name: len(table.rows) for name, table in tables.items()},
    }  # fmt: skip
    (folder / "city.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_table(path: Path, table: Table) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _write_features(path: Path, features: Sequence[Feature]) -> None:
    body = {"type": "FeatureCollection", "fictional": True, "notice": NOTICE, "features": list(features)}
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
