"""`muster import`: which importer takes which file, and its report in words."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from command.tiers.imports import Where, import_divisions, import_officers, import_places, import_posts, import_stations
from command.tiers.rows import Bad, BadRow, Report, Row, each_row, number
from command.tiers.sheets import read_sheet
from drills.city import CityPlan, make_city, write_rows
from geo import Crs, Edge, Roads, point_to_wgs84, read_boundaries, read_osm, roads_to_wgs84
from geo.linework import Read
from geo.osm import Swapped
from mobilization.imports import import_people, import_teams
from web_console.counts import import_counts
from web_console.datums import check_places
from web_console.geopackages import read_lines
from web_console.house import House
from web_console.maps import import_boundaries, import_roads, in_city
from web_console.problems import ALL_WORDS

_COUNTED = {
    "new": "新增",
    "changed": "更新",
    "same": "未变",
    "mended": "已修复",
    "nodes": "路口",
    "edges": "路段",
    "cut": "在边界处截断",
    "loops": "绕回原处或无长度未导入",
}
_NODES = {"node": ("编号", "id"), "lon": ("经度",), "lat": ("纬度",)}
_EDGES = {"u": ("起点",), "v": ("终点",), "highway": ("等级",), "length_m": ("长度",), "name": ("路名",)}
_LONGEST_M = 1_000_000
_LAT_MOST = 90


def bring(house: House, what: str, path: Path, *, crs: Crs, sure: bool = False) -> Report:  # noqa: PLR0911 -- one line a kind
    """One file of rows or boundaries, its places in `crs`; `sure`: whatever they look like beside what is stored.

    Raises BadRow for a file that is none, or that looks like another datum.
    """
    house.catalogue.renew()
    where = _where(house, crs, sure=sure)
    match what:
        case "divisions":
            return import_divisions(house.registry, path, city=house.city)
        case "stations":
            return import_stations(house.registry, path, where=where)
        case "places":
            return import_places(house.registry, path, where=where)
        case "people":
            return import_people(house.registry, path)
        case "teams":
            return import_teams(house.registry, path, where=where)
        case "counts":
            return import_counts(house.layers.folder, path, where=where)
        case "posts":
            return import_posts(house.registry, path)
        case "officers":
            return import_officers(house.registry, path)
        case _:
            return import_boundaries(house, read_boundaries(path, crs=crs), said=None if sure else crs)


def _where(house: House, crs: Crs, *, sure: bool) -> Where:
    """Places of a file in `crs`, looked at beside what the house knows of its city."""
    where = Where(_converter(crs), in_city=partial(in_city, house) if house.areas else None)
    if sure:
        return where
    shapes = house.catalogue.shapes
    return where._replace(check=lambda placed: check_places(placed, shapes, said=crs))


def bring_roads(house: House, nodes: Path, edges: Path, *, crs: Crs, sure: bool = False) -> Report:
    """A road network whole, in the place of any before. Bad rows are named and left out; with none left it is refused.

    Raises BadRow when a file is none, when no edge is sound, when no node lies in the city, or when it looks like another datum.
    """
    spots, index, bad = _nodes(nodes, _converter(crs))
    if not spots:
        swapped = any(each.code == "row.swapped" for each in bad)
        raise BadRow("file.swapped" if swapped else "file.no_rows", value=nodes.name)
    _must_lie_in_city(house, spots, nodes)
    found, bad_edges, ignored = _edges(edges, index)
    if not found:
        raise BadRow("file.no_rows", value=edges.name)
    import_roads(house, Roads(spots, found), said=None if sure else crs)
    return Report({"nodes": len(spots), "edges": len(found)}, bad + bad_edges, ignored)


def bring_osm(house: House, path: Path, *, crs: Crs = "wgs84", sure: bool = False) -> Report:
    """The roads and navigable water of an OpenStreetMap file, PBF or XML, in the place of any before. `crs`: what its degrees really are.

    Raises BadRow when it is none, holds no way, no node lies in the city, or it looks like another datum.
    """
    return _bring_file(house, path, read_osm, crs, sure=sure)


def bring_geopackage(house: House, path: Path, *, crs: Crs = "wgs84", sure: bool = False) -> Report:
    """The roads of a GeoPackage, in the place of any before. `crs`: what its degrees really are, whatever it says of itself.

    Raises BadRow when it is none, does not say its datum, no node lies in the city, or it looks like another datum.
    """
    return _bring_file(house, path, read_lines, crs, sure=sure)


def _bring_file(house: House, path: Path, read: Callable[[Path], Read], crs: Crs, *, sure: bool) -> Report:
    try:
        found = read(path)
    except Swapped as error:
        raise BadRow("file.swapped", value=path.name) from error
    except ValueError as error:
        raise BadRow("file.unreadable", value=str(error)) from error
    roads = roads_to_wgs84(found.roads, crs)
    _must_lie_in_city(house, roads.nodes, path)
    import_roads(house, roads, said=None if sure else crs)
    counts = {"nodes": len(roads.nodes), "edges": len(roads.edges), "cut": found.left_out}
    return Report(counts | ({"loops": found.loops} if found.loops else {}), [], [])


def _must_lie_in_city(house: House, spots: Sequence[tuple[float, float]], path: Path) -> None:
    house.catalogue.renew()
    if house.areas and not any(in_city(house, *spot) for spot in spots):
        swapped = any(in_city(house, lat, lon) for lon, lat in spots)
        raise BadRow("file.swapped" if swapped else "file.off_city", value=path.name)


def bring_city(house: House, plan: CityPlan) -> None:
    """Make up a city and enter it as any city enters: through the importers. It brings no accounts, and its rows, which name
    its people, do not stay behind."""
    with TemporaryDirectory() as folder:
        rows = Path(folder)
        write_rows(make_city(plan), rows)
        suffixes = {"boundaries": "geojson"}
        order = ("divisions", "boundaries", "stations", "places", "counts", "people", "teams", "posts", "officers")
        reports = [bring(house, what, rows / f"{what}.{suffixes.get(what, 'csv')}", crs="wgs84") for what in order]
        reports.append(bring_roads(house, rows / "roads" / "nodes.csv", rows / "roads" / "edges.csv", crs="wgs84"))
        shutil.copytree(rows / "layers", house.layers.folder, dirs_exist_ok=True)
    if any(report.bad for report in reports):
        raise ValueError("the made-up city does not pass its own importers")
    house.catalogue.renew()


def in_lines(report: Report) -> Iterator[str]:
    """What an import did, for the terminal."""
    yield "，".join(f"{_COUNTED[name]} {count}" for name, count in report.counts.items()) + f"，有误 {len(report.bad)}"
    for bad in report.bad:
        yield f"第 {bad.line} 行 · line {bad.line}: {bad_in_words(bad)}"
    if report.ignored:
        yield f"未使用的列 · columns not used: {', '.join(report.ignored)}"


def bad_in_words(bad: Bad) -> str:
    words = ALL_WORDS.get(bad.code)
    if words is None:
        return f"{bad.code} {bad.column} {bad.value}"
    facts = {"column": bad.column, "value": bad.value}
    return f"{words.zh.format(**facts)} · {words.en.format(**facts)}"


def _converter(crs: Crs) -> Callable[[float, float], tuple[float, float]]:
    return lambda lon, lat: point_to_wgs84(lon, lat, crs)


def _nodes(
    path: Path, convert: Callable[[float, float], tuple[float, float]]
) -> tuple[list[tuple[float, float]], dict[str, int], list[Bad]]:
    sheet = read_sheet(path, _NODES)
    spots: list[tuple[float, float]] = []
    index: dict[str, int] = {}

    def take(row: Row) -> None:
        lon, lat = number(row, "lon", lowest=-180, highest=180), number(row, "lat", lowest=-180, highest=180)
        if abs(lat) > _LAT_MOST:
            raise BadRow("row.swapped" if abs(lon) <= _LAT_MOST else "row.value", "lat", row["lat"][:40])
        spot = convert(lon, lat)
        index[row["node"]] = len(spots)
        spots.append(spot)

    bad = each_row(sheet, ("node", "lon", "lat"), take, key="node")
    return spots, index, bad


def _edges(path: Path, index: dict[str, int]) -> tuple[list[Edge], list[Bad], list[str]]:
    sheet = read_sheet(path, _EDGES)
    found: list[Edge] = []

    def take(row: Row) -> None:
        for end in ("u", "v"):
            if row[end] not in index:
                raise BadRow("row.unknown_node", end, row[end][:40])
        if row["u"] == row["v"]:
            raise BadRow("row.loop", "v", row["v"][:40])
        metres = number(row, "length_m", lowest=0.01, highest=_LONGEST_M)
        found.append(Edge(index[row["u"]], index[row["v"]], metres, row.get("highway", ""), row.get("name", "")))

    bad = each_row(sheet, ("u", "v", "length_m"), take, key=None)
    return found, bad, sheet.ignored
