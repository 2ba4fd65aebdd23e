"""`muster import`: which importer takes which file, and its report in words."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from command.tiers.imports import Where, import_divisions, import_officers, import_places, import_posts, import_stations
from command.tiers.rows import Bad, BadRow, BadRows, Report
from drills.city import CityPlan, make_city, write_rows
from geo import Boundaries, Crs, point_to_wgs84, read_boundaries, read_osm, roads_to_wgs84
from geo.linework import Read, Unsound
from geo.osm import Swapped
from mobilization.imports import import_people, import_teams
from web_console.counts import import_counts
from web_console.datums import check_places
from web_console.geopackages import read_lines
from web_console.house import House
from web_console.maps import import_boundaries, import_roads, in_city
from web_console.problems import ALL_WORDS
from web_console.road_rows import read_road_rows
from web_console.unreadable import is_cut_short, must_be_readable, why_no_json

_COUNTED = {
    "new": ("新增", "new"),
    "changed": ("更新", "changed"),
    "same": ("未变", "same"),
    "mended": ("已修复", "mended"),
    "nodes": ("路口", "junctions"),
    "edges": ("路段", "edges"),
    "cut": ("在边界处截断", "cut at the border"),
    "loops": ("绕回原处或无长度未导入", "loops or of no length left out"),
    "twice": ("重复未导入", "left out as they came twice"),
    "bad": ("有误", "bad"),
}


_JSON = frozenset({".json", ".geojson"})
_NO_MAP = frozenset({"no_osm", "no_package"})


def bring(house: House, what: str, path: Path, *, crs: Crs, sure: bool = False) -> Report:
    """One file of rows or boundaries, its places in `crs`; `sure`: whatever they look like beside what is stored.

    Raises BadRow for a file that is none, or that looks like another datum.
    """
    must_be_readable(path)
    house.catalogue.renew()
    try:
        return _bring(house, what, path, crs=crs, sure=sure)
    except BadRow as error:
        if error.bad.code == "file.unreadable" and path.suffix.lower() in _JSON:
            raise why_no_json(path) from error
        raise


def _bring(house: House, what: str, path: Path, *, crs: Crs, sure: bool) -> Report:  # noqa: PLR0911 -- one line a kind
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
            return import_boundaries(house, _boundaries(path, crs), said=None if sure else crs)


def _boundaries(path: Path, crs: Crs) -> Boundaries:
    try:
        return read_boundaries(path, crs=crs)
    except ValueError as error:
        raise why_no_json(path) from error


def _where(house: House, crs: Crs, *, sure: bool) -> Where:
    """Places of a file in `crs`, looked at beside what the house knows of its city."""
    where = Where(_converter(crs), in_city=partial(in_city, house) if house.areas else None)
    if sure:
        return where
    shapes = house.catalogue.shapes
    return where._replace(check=lambda placed: check_places(placed, shapes, said=crs))


def bring_roads(house: House, nodes: Path, edges: Path, *, crs: Crs, sure: bool = False) -> Report:
    """A road network whole, in the place of any before. Edges that lead nowhere or came before are counted and left out.

    Raises BadRows for any bad row, BadRow when a file is none, when no node lies in the city, when it looks like another datum, or when
    it is far smaller than the one in force.
    """
    must_be_readable(nodes)
    must_be_readable(edges)
    found = read_road_rows(nodes, edges, _converter(crs))
    _must_lie_in_city(house, found.roads.nodes, nodes)
    import_roads(house, found.roads, said=None if sure else crs)
    counts = {"nodes": len(found.roads.nodes), "edges": len(found.roads.edges)}
    return Report(counts | _some(loops=found.loops, twice=found.twice), [], found.ignored)


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
    must_be_readable(path, packed=True)
    try:
        found = read(path)
    except Swapped as error:
        raise BadRow("file.swapped", value=path.name) from error
    except Unsound as error:
        raise _why_no_map(path, error) from error
    roads = roads_to_wgs84(found.roads, crs)
    _must_lie_in_city(house, roads.nodes, path)
    import_roads(house, roads, said=None if sure else crs)
    counts = {"nodes": len(roads.nodes), "edges": len(roads.edges), "cut": found.left_out}
    return Report(counts | _some(loops=found.loops), [], [])


def _why_no_map(path: Path, error: Unsound) -> BadRow:
    if error.code not in _NO_MAP:
        return BadRow(f"file.{error.code}", error.value, path.name)
    must_be_readable(path)  # a packed file that its reader could not unpack either
    return BadRow("file.cut_short" if is_cut_short(path) else f"file.{error.code}", value=path.name)


def _some(**counts: int) -> dict[str, int]:
    """Those of which there are any."""
    return {name: count for name, count in counts.items() if count}


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


def in_lines(report: Report, *, features: bool = False) -> Iterator[str]:
    """What an import did, for the terminal. `features`: bad ones are told by the number of the feature, not of the line."""
    counts = report.counts | {"bad": len(report.bad)}
    zh = "，".join(f"{_COUNTED[name][0]} {count}" for name, count in counts.items())
    yield zh + " · " + ", ".join(f"{_COUNTED[name][1]} {count}" for name, count in counts.items())
    yield from (_feature(bad) if features else _line(bad) for bad in report.bad)
    if report.ignored:
        yield f"未使用的列 · columns not used: {', '.join(report.ignored)}"


def refused_in_lines(error: BadRow) -> Iterator[str]:
    """Why a file was not stored, for the terminal; each bad row where those are the reason."""
    yield bad_in_words(error.bad)
    if isinstance(error, BadRows):
        yield from map(_line, error.rows)


def _feature(bad: Bad) -> str:
    return f"第 {bad.line} 个图形 · feature {bad.line}: {bad_in_words(bad)}"


def _line(bad: Bad) -> str:
    file = f"{bad.file} " if bad.file else ""
    return f"{file}第 {bad.line} 行 · {file}line {bad.line}: {bad_in_words(bad)}"


def bad_in_words(bad: Bad) -> str:
    words = ALL_WORDS.get(bad.code)
    if words is None:
        return f"{bad.code} {bad.column} {bad.value}"
    facts = {"column": bad.column, "value": bad.value}
    return f"{words.zh.format(**facts)} · {words.en.format(**facts)}"


def _converter(crs: Crs) -> Callable[[float, float], tuple[float, float]]:
    return lambda lon, lat: point_to_wgs84(lon, lat, crs)
