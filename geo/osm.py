"""Roads and navigable water from OpenStreetMap files, PBF or XML: ways cut where they meet. WGS-84 degrees, metres."""

from pathlib import Path

import osmium

from geo.linework import DIGITS, Line, Place, Read, Unsound, read_of

_NO_ROADS = frozenset({
    "proposed", "construction", "raceway", "bus_guideway", "elevator", "platform", "abandoned", "razed", "services", "rest_area",
})  # fmt: skip
_WATER = frozenset({"river", "canal"})
_BARRED = frozenset({"no", "private"})
_YES = frozenset({"yes", "true", "1"})


_LAT_MOST = 90


class Swapped(ValueError):
    """Longitudes stand where latitudes should: beyond the poles."""


def read_osm(path: Path) -> Read:
    """Raises Unsound when the file is no OpenStreetMap file, is cut short, holds a place that is none, a way twice, or no way; Swapped where
    longitudes and latitudes are. Of a node that comes twice the last place counts."""
    places: dict[int, Place] = {}
    lines: list[Line] = []
    lacking = 0
    seen: set[int] = set()
    try:
        for way in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)):
            if isinstance(way, osmium.osm.Way):
                if way.id in seen:
                    raise _Twice(way.id)
                seen.add(way.id)
                found, complete = _lines(way, places)
                lacking += not complete
                lines += found
    except Swapped:
        raise
    except osmium.InvalidLocationError as error:
        raise Unsound("no_place", f"a place that is none ({error})", str(error)) from error
    except (RuntimeError, ValueError) as error:
        raise Unsound("no_osm", "not an OpenStreetMap file") from error
    except _Twice as twice:
        raise Unsound("way_twice", f"way {twice.args[0]} comes twice", str(twice.args[0])) from twice
    return read_of(lines, places, left_out=lacking)


class _Twice(Exception):
    """A way that was read before."""


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
        elif _is_swapped(node.location):
            raise Swapped
        else:
            runs.append([])
    return runs


def _is_swapped(place: "osmium.osm.Location") -> bool:
    """No latitude, but a place if longitude and latitude change places. An unknown place is neither."""
    lon, lat = place.lon_without_check(), place.lat_without_check()
    return abs(lon) <= _LAT_MOST < abs(lat) <= 2 * _LAT_MOST


def _directions(tags: "osmium.osm.TagList", kind: str) -> tuple[bool, bool]:
    said = tags.get("oneway")
    if said == "-1":
        return False, True
    implied = kind in ("motorway", "motorway_link") or tags.get("junction") in ("roundabout", "circular")
    return True, said == "no" or not (said in _YES or implied)
