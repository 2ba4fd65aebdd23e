"""Roads from a GeoPackage, or any other file of lines that GDAL reads. For the terminal only: geopandas has no place in a server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.linework import DIGITS, Line, Place, Read, Unsound, read_of

_KINDS, _NAMES, _ONEWAYS = ("highway", "fclass", "class", "waterway"), ("name", "road_name"), ("oneway", "one_way")
_AHEAD, _BACK = frozenset({"yes", "true", "1", "f", "ft"}), frozenset({"-1", "t", "tf"})
"""One way as OpenStreetMap says it, or by F and T as in shape files made from it."""


def read_lines(path: Path) -> Read:
    """The first layer of lines, in WGS-84 whatever datum it says it has; lines meet where they share a corner.

    Raises Unsound when the file is none, has no layer of lines, or does not say its datum.
    """
    import geopandas  # noqa: PLC0415 -- only where such a file is brought: it comes into no server

    try:
        layers = geopandas.list_layers(path)
        named = [
            str(name) for name, kind in zip(layers["name"], layers["geometry_type"], strict=True) if "LineString" in str(kind)
        ]
        with np.errstate(invalid="ignore"):  # a corner that is no number is found below
            frame = geopandas.read_file(path, layer=named[0])
    except IndexError as error:
        raise Unsound("no_lines", "no layer of lines in this file") from error
    except RuntimeError as error:  # pyogrio's own, which has no types
        raise Unsound("no_package", "not a file of lines") from error
    if frame.crs is None:
        raise Unsound("no_datum", "the file does not say its datum")
    frame = frame.to_crs(4326)
    numbers: dict[Place, int] = {}
    lines: list[Line] = []
    left_out = 0
    for row in frame.itertuples(index=False):
        found = [_numbered(part, numbers) for part in _parts(row.geometry)]
        left_out += not found
        lines += [Line(nodes, _said(row, _KINDS), _said(row, _NAMES), *_directions(_said(row, _ONEWAYS))) for nodes in found]
    return read_of(lines, {number: place for place, number in numbers.items()}, left_out=left_out)


def _parts(shape: shapely.Geometry | None) -> Iterator[shapely.LineString]:
    """Its lines, where they are sound."""
    for part in shapely.get_parts(shape) if shape is not None else ():
        if isinstance(part, shapely.LineString) and not part.is_empty and shapely.is_valid(part):
            yield part


def _numbered(line: shapely.LineString, numbers: dict[Place, int]) -> list[int]:
    places = [(round(lon, DIGITS), round(lat, DIGITS)) for lon, lat in shapely.get_coordinates(line).tolist()]
    return [numbers.setdefault(place, len(numbers)) for place in places]


def _said(row: Any, names: tuple[str, ...]) -> str:
    found = (getattr(row, name, None) for name in names)
    return next((str(each) for each in found if isinstance(each, str | int | bool) and str(each)), "")


def _directions(said: str) -> tuple[bool, bool]:
    said = said.lower()
    return (False, True) if said in _BACK else (True, said not in _AHEAD)
