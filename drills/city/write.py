"""Writing a city as the files `muster import` reads, and the layers of its base map."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from drills.city.land import to_degrees
from drills.city.made import City, Rows

_DECIMALS = 7


def write_rows(city: City, folder: Path) -> None:
    """Byte for byte the same for the same city."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (
        ("divisions", city.divisions), ("stations", city.stations), ("people", city.people), ("teams", city.teams), ("officers", city.officers),
    ):  # fmt: skip
        _write_csv(folder / f"{name}.csv", rows)
    _write_layer(city, folder / "boundaries.geojson", city.shapes)
    _write_layer(city, folder / "water.geojson", {"river": city.river})
    _write_layer(city, folder / "urban.geojson", {"urban": city.urban})
    nodes: Rows = [{"node": n, "lon": d["lon"], "lat": d["lat"]} for n, d in city.roads.nodes(data=True)]
    edges: Rows = [{"u": a, "v": b, "length_m": d["length"], "highway": d["road"]} for a, b, d in city.roads.edges(data=True)]
    _write_csv(folder / "road_nodes.csv", nodes)
    _write_csv(folder / "road_edges.csv", edges)


def _write_csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["id"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_layer(city: City, path: Path, shapes: Mapping[str, BaseGeometry]) -> None:
    features = [
        {"type": "Feature", "properties": {"code": code, "fictional": True}, "geometry": _in_degrees(city, shapes[code])}
        for code in sorted(shapes)
    ]
    text = json.dumps({"type": "FeatureCollection", "fictional": True, "features": features}, separators=(",", ":"))
    path.write_text(text, "utf-8")


def _in_degrees(city: City, shape: BaseGeometry) -> dict[str, Any]:
    found = shapely.transform(shape, lambda km: to_degrees(city.plan, km).round(_DECIMALS))
    geometry: dict[str, Any] = mapping(found)
    return geometry
