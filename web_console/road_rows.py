"""Roads as rows, two sheets: junctions, and edges between them. One bad row of either refuses both, for roads are replaced whole."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from command.tiers.rows import Bad, BadRow, BadRows, Row, each_row, number
from command.tiers.sheets import read_sheet
from geo import Edge, Roads

_NODES = {"node": ("编号", "id"), "lon": ("经度",), "lat": ("纬度",)}
_EDGES = {"u": ("起点",), "v": ("终点",), "highway": ("等级",), "length_m": ("长度",), "name": ("路名",)}
_LONGEST_M = 1_000_000
_LAT_MOST = 90

Convert = Callable[[float, float], tuple[float, float]]


class RoadRows(NamedTuple):
    """`loops`, `twice`: edges back to where they begin, and edges that came before word by word; neither leads anywhere new."""

    roads: Roads
    loops: int
    twice: int
    ignored: list[str]


def read_road_rows(nodes: Path, edges: Path, convert: Convert) -> RoadRows:
    """Raises BadRows with every bad row of both sheets, BadRow when a sheet is none or has no sound row."""
    spots, numbers, bad = _nodes(nodes, convert)
    if not spots:
        swapped = any(each.code == "row.swapped" for each in bad)
        raise BadRow("file.swapped" if swapped else "file.no_rows", value=nodes.name)
    found, bad_edges, ignored = _edges(edges, numbers)
    if not found and not bad:
        raise BadRow("file.no_rows", value=edges.name)
    if rows := [*(each._replace(file=nodes.name) for each in bad), *(each._replace(file=edges.name) for each in bad_edges)]:
        raise BadRows("file.bad_rows", rows)
    leading = [edge for edge in found if edge.start != edge.end]
    once = list(dict.fromkeys(leading))
    if not once:
        raise BadRow("file.no_rows", value=edges.name)
    return RoadRows(Roads(spots, once), len(found) - len(leading), len(leading) - len(once), ignored)


def _nodes(path: Path, convert: Convert) -> tuple[list[tuple[float, float]], dict[str, int], list[Bad]]:
    """Junctions in order, and the number of each by its id: of a bad row too, so that its edges are not blamed for it."""
    sheet = read_sheet(path, _NODES)
    spots: list[tuple[float, float]] = []

    def take(row: Row) -> None:
        lon, lat = number(row, "lon", lowest=-180, highest=180), number(row, "lat", lowest=-180, highest=180)
        if abs(lat) > _LAT_MOST:
            raise BadRow("row.swapped" if abs(lon) <= _LAT_MOST else "row.value", "lat", row["lat"][:40])
        spots.append(convert(lon, lat))

    bad = each_row(sheet, ("node", "lon", "lat"), take, key="node")
    return spots, {row.get("node", ""): place for place, (_, row) in enumerate(sheet.rows)}, bad


def _edges(path: Path, numbers: dict[str, int]) -> tuple[list[Edge], list[Bad], list[str]]:
    sheet = read_sheet(path, _EDGES)
    found: list[Edge] = []

    def take(row: Row) -> None:
        for end in ("u", "v"):
            if row[end] not in numbers:
                raise BadRow("row.unknown_node", end, row[end][:40])
        metres = number(row, "length_m", lowest=0.01, highest=_LONGEST_M)
        found.append(Edge(numbers[row["u"]], numbers[row["v"]], metres, row.get("highway", ""), row.get("name", "")))

    bad = each_row(sheet, ("u", "v", "length_m"), take, key=None)
    return found, bad, sheet.ignored
