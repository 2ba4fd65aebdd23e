"""The base map: the city's own boundaries, water, roads and built-up land, as GeoJSON in WGS-84. No tile server."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from command.core.errors import Refused
from geo import read_road_set
from web_console.directory import Directory, StationName
from web_console.drawn_roads import drawn

DRAWN = ("water", "urban", "roads", "places")
"""Layers that are drawn as they were brought in; files of that name in the realm's `layers` folder."""

BUILT = ("divisions", "stations")
_SIMPLIFY_DEG = 0.00008  # some 8 m: below one pixel at the scale where a county fills the screen
_DECIMALS = 6


class _Built(NamedTuple):
    source: Mapping[str, Any]
    areas: str
    content: bytes


class Layers:
    """`folder` may lack any layer: it is then empty. What is built is built once per revision of its source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._built: dict[str, _Built] = {}
        self._roads = "", _collection(())

    def bytes_of(self, layer: str, *, names: Directory, shapes: Mapping[str, BaseGeometry], areas: str) -> bytes:
        """The layer as a FeatureCollection.

        Raises: Refused("map.unknown") for a name that is none of ours.
        """
        if layer in DRAWN:
            path = self.folder / f"{layer}.geojson"
            return path.read_bytes() if path.exists() else _collection(())
        if layer not in BUILT:
            raise Refused("map.unknown", layer=layer[:40])
        source = names.divisions if layer == "divisions" else names.stations
        held = self._built.get(layer)
        if held is None or held.source is not source or held.areas != areas:  # a part read anew is another object
            made = _divisions(shapes, names.division) if layer == "divisions" else _stations(names.stations.values())
            held = self._built[layer] = _Built(source, areas, made)
        return held.content

    def has(self, layer: str) -> bool:
        """Whether the city brought a drawing of its own."""
        return (self.folder / f"{layer}.geojson").exists()

    def roads_of(self, folder: Path, version: str) -> bytes:
        """The network in force as lines, for where no road was drawn; `version` "": there is none. Not quick the first time."""
        if self._roads[0] != version:
            lines = drawn(read_road_set(folder, version)) if version else ()
            self._roads = version, _collection(_feature(shape, kind=kind) for kind, shape in lines)
        return self._roads[1]

    def built_up(self) -> BaseGeometry | None:
        """Built-up land, as one area; None where the city did not bring it."""
        path = self.folder / "urban.geojson"
        if not path.exists():
            return None
        collection = shapely.from_geojson(path.read_bytes())
        return shapely.union_all(shapely.make_valid(shapely.get_parts(collection)))

    @property
    def notice(self) -> str:
        """What the drawn layers say of themselves ("fictional"), if anything."""
        for layer in DRAWN:
            path = self.folder / f"{layer}.geojson"
            if path.exists():
                return str(msgspec.json.decode(path.read_bytes()).get("notice", ""))
        return ""


def etag(content: bytes) -> str:
    return f'"{blake2b(content, digest_size=12).hexdigest()}"'


def bounds_of(shapes: Mapping[str, BaseGeometry], stations: Iterable[StationName]) -> list[float] | None:
    """West, south, east, north of all that is known; None when nothing is."""
    found = [*shapes.values()] or [shapely.Point(s.lon, s.lat) for s in stations]
    return [round(float(value), _DECIMALS) for value in shapely.total_bounds(found)] if found else None


def built(shapes: Mapping[str, BaseGeometry], names: Mapping[str, str], stations: Iterable[StationName]) -> dict[str, bytes]:
    """The layers that are drawn of a city's boundaries and stations."""
    return {"divisions": _divisions(shapes, lambda code: names.get(code, code)), "stations": _stations(stations)}


def _divisions(shapes: Mapping[str, BaseGeometry], name_of: Callable[[str], str]) -> bytes:
    """Every tier's borders, each tier simplified as one coverage so that neighbours keep sharing their line."""
    features = []
    for length in sorted({len(code) for code in shapes}):
        codes = sorted(code for code in shapes if len(code) == length)
        drawn = shapely.set_precision(
            shapely.coverage_simplify([shapes[code] for code in codes], _SIMPLIFY_DEG), 10.0**-_DECIMALS, mode="pointwise"
        )
        features += [
            _feature(shape, code=code, name=name_of(code), tier=length) for code, shape in zip(codes, drawn, strict=True)
        ]
    return _collection(features)


def _stations(stations: Iterable[StationName]) -> bytes:
    return _collection(
        _feature(shapely.Point(s.lon, s.lat), id=s.id, name=s.name, tier=s.tier, division=s.division, radius_m=s.radius_m)
        for s in stations
    )


def _feature(shape: BaseGeometry, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": msgspec.Raw(shapely.to_geojson(shape).encode())}


def _collection(features: Iterable[dict[str, Any]]) -> bytes:
    return msgspec.json.encode({"type": "FeatureCollection", "features": list(features)})
