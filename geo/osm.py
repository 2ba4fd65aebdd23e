"""Roads and navigable water from OpenStreetMap files, PBF or XML: ways cut where they meet. WGS-84 degrees, metres."""

from pathlib import Path

import osmium

from geo.linework import DIGITS, Line, Place, Read, roads_of

_NO_ROADS = frozenset({
    "proposed", "construction", "raceway", "bus_guideway", "elevator", "platform", "abandoned", "razed", "services", "rest_area",
})  # fmt: skip
_WATER = frozenset({"river", "canal"})
_BARRED = frozenset({"no", "private"})
_YES = frozenset({"yes", "true", "1"})


def read_osm(path: Path) -> Read:
    """Raises ValueError when the file is no OpenStreetMap file, is cut short, or holds no way."""
    places: dict[int, Place] = {}
    lines: list[Line] = []
    lacking = 0
    try:
        for way in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)):
            if isinstance(way, osmium.osm.Way):
                found, complete = _lines(way, places)
                lacking += not complete
                lines += found
    except (RuntimeError, ValueError) as error:
        raise ValueError("not an OpenStreetMap file") from error
    if not lines:
        raise ValueError("no roads in this file")
    return Read(roads_of(lines, places), lacking)


def _lines(way: "osmium.osm.Way", places: dict[int, Place]) -> tuple[list[Line], bool]:
    tags = way.tags
    highway, water = tags.get("highway"), tags.get("waterway")
    is_road = highway is not None and highway not in _NO_ROADS and tags.get("area") != "yes" and tags.get("access") not in _BARRED
    kind = highway if is_road else water if water in _WATER else None
    if kind is None:
        return [], True
    runs = _runs(way, places)
    name = tags.get("name") or tags.get("ref") or ""
    return [Line(run, kind, name, *_directions(tags, kind)) for run in runs if len(run) > 1], len(runs) == 1


def _runs(way: "osmium.osm.Way", places: dict[int, Place]) -> list[list[int]]:
    """Its nodes in a row; a gap where a place is lacking is not bridged."""
    runs: list[list[int]] = [[]]
    for node in way.nodes:
        if node.location.valid():
            places[node.ref] = (round(node.location.lon, DIGITS), round(node.location.lat, DIGITS))
            runs[-1].append(node.ref)
        else:
            runs.append([])
    return runs


def _directions(tags: "osmium.osm.TagList", kind: str) -> tuple[bool, bool]:
    said = tags.get("oneway")
    if said == "-1":
        return False, True
    implied = kind in ("motorway", "motorway_link") or tags.get("junction") in ("roundabout", "circular")
    return True, said == "no" or not (said in _YES or implied)
