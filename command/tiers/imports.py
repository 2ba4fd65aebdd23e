"""Importers of divisions, stations, posts and officers: what is sound is stored, what is not is named by line."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from command.tiers.bulk import bulk
from command.tiers.divisions import is_post, normalise, parent_of
from command.tiers.registry import Registry
from command.tiers.rows import BadRow, Report, Row, each_row, number, split
from command.tiers.sheets import read_sheet
from command.tiers.tables import DivisionRow, OfficerRow, PostRow, SavedPlaceRow, StationRow

STATION_TIERS = frozenset({"centre", "office", "station", "post"})
ROLES = frozenset({"duty_officer", "watch_leader", "trainer", "observer", "keeper"})

_DIVISIONS = {"code": ("区划代码", "代码"), "name": ("名称", "区划名称"), "name_en": ("英文名",)}
_STATIONS = {
    "id": ("编号",), "name": ("名称", "站点名称"), "name_en": ("英文名",), "tier": ("类型", "级别"), "division": ("区划代码",),
    "lon": ("经度",), "lat": ("纬度",), "radius_m": ("半径",),
}  # fmt: skip
_PLACES = {"id": ("编号",), "name": ("名称", "地名"), "division": ("区划代码",), "lon": ("经度",), "lat": ("纬度",)}
_POSTS = {"division": ("区划代码", "岗位"), "phones": ("值班电话",)}
_OFFICERS = {
    "id": ("编号",),
    "name": ("姓名",),
    "role": ("职务",),
    "post": ("区划代码", "岗位"),
    "station": ("站点",),
    "phone": ("电话",),
}

_DUTY_NUMBER = re.compile(r"\+?\d+(?:-\d+)*")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_DIGITS = range(3, 14)
"""How long a number may be: 110, 12350, 0717-6221234, +86 and a mobile."""
NUMBERS_MOST = 6

Convert = Callable[[float, float], tuple[float, float]]
"""A place in the datum of the file -> WGS-84 (lon, lat)."""


class Placed(NamedTuple):
    """The place of one sound row: WGS-84 (lon, lat), the division it is said to be in, and where it was known to be before."""

    at: tuple[float, float]
    division: str
    known: tuple[float, float] | None


class Where(NamedTuple):
    """How places of a file are read: the datum it is in, whether a place lies in the city (None: not known), and a look at
    all sound places together, which raises BadRow to refuse the file whole."""

    convert: Convert
    in_city: Callable[[float, float], bool] | None = None
    check: Callable[[Sequence[Placed]], None] = lambda _: None

    def place(self, row: Row) -> tuple[float, float]:
        lon = number(row, "lon", lowest=-180, highest=180)
        lat = number(row, "lat", lowest=-180, highest=180)
        if abs(lat) > 90 or (self.in_city is not None and not self.in_city(*self.convert(lon, lat))):  # noqa: PLR2004 -- degrees
            swapped = abs(lon) <= 90 and (self.in_city is None or self.in_city(*self.convert(lat, lon)))  # noqa: PLR2004
            raise BadRow("row.swapped" if swapped else "row.off_city", "lon")
        return self.convert(lon, lat)


def code_of(row: Row, column: str, known: set[str]) -> str:
    try:
        code = normalise(row[column])
    except ValueError:
        raise BadRow("row.value", column, row[column][:40]) from None
    if code not in known:
        raise BadRow("row.unknown_division", column, code)
    return code


def found_city(registry: Registry, code: str, name: str) -> None:
    """The division of the city itself, which all others lie in. `code`: normalised."""
    with registry.write("import", "divisions init") as writing:
        writing.put(DivisionRow, code, {"name": name, "name_en": ""})


def import_divisions(registry: Registry, path: Path, *, city: str) -> Report:
    """Divisions of one city: parents must be there already or come earlier in the file."""
    sheet = read_sheet(path, _DIVISIONS)
    with registry.write("import", f"divisions {path.name}") as writing:
        known = known_divisions(writing.session)

        def take(row: Row) -> None:
            try:
                code = normalise(row["code"])
            except ValueError:
                raise BadRow("row.value", "code", row["code"][:40]) from None
            if not code.startswith(city):
                raise BadRow("row.outside_city", "code", code)
            parent = parent_of(code)
            if code != city and parent is not None and parent not in known:
                raise BadRow("row.no_parent", "code", parent)
            writing.put(DivisionRow, code, {"name": row["name"], "name_en": row.get("name_en", "")})
            known.add(code)

        bad = each_row(sheet, ("code", "name"), take, key="code")
    return Report(writing.counts, bad, sheet.ignored)


def import_stations(registry: Registry, path: Path, *, where: Where) -> Report:
    """Stations. What `where.check` raises leaves the registry as it was."""
    sheet = read_sheet(path, _STATIONS)
    with registry.write("import", f"stations {path.name}") as writing:
        known = known_divisions(writing.session)
        before = _known_places(writing.session, StationRow)
        placed: list[Placed] = []

        def take(row: Row) -> None:
            if row["tier"] not in STATION_TIERS:
                raise BadRow("row.value", "tier", row["tier"][:40])
            lon, lat = where.place(row)
            values = {
                "name": row["name"], "name_en": row.get("name_en", ""), "tier": row["tier"], "lon": lon, "lat": lat,
                "division": code_of(row, "division", known),
                "radius_m": round(number(row, "radius_m", default=1000, lowest=1, highest=100_000)),
            }  # fmt: skip
            writing.put(StationRow, row["id"], values)
            placed.append(Placed((lon, lat), str(values["division"]), before.get(row["id"])))

        bad = each_row(sheet, ("id", "name", "tier", "division", "lon", "lat"), take, key="id")
        where.check(placed)
    return Report(writing.counts, bad, sheet.ignored)


def import_places(registry: Registry, path: Path, *, where: Where) -> Report:
    """Places of public life that are often meant. What `where.check` raises leaves the registry as it was."""
    sheet = read_sheet(path, _PLACES)
    with registry.write("import", f"places {path.name}") as writing:
        known = known_divisions(writing.session)
        before = _known_places(writing.session, SavedPlaceRow)
        placed: list[Placed] = []

        def take(row: Row) -> None:
            lon, lat = where.place(row)
            division = code_of(row, "division", known)
            writing.put(SavedPlaceRow, row["id"], {"name": row["name"], "division": division, "lon": lon, "lat": lat})
            placed.append(Placed((lon, lat), division, before.get(row["id"])))

        bad = each_row(sheet, ("id", "name", "division", "lon", "lat"), take, key="id")
        where.check(placed)
    return Report(writing.counts, bad, sheet.ignored)


def import_posts(registry: Registry, path: Path) -> Report:
    """The duty numbers of posts. They are an office's and lie in the open; an officer's own number is sealed."""
    sheet = read_sheet(path, _POSTS)
    taken: set[str] = set()
    with registry.write("import", f"posts {path.name}") as writing:
        known = known_divisions(writing.session)

        def take(row: Row) -> None:
            division = code_of(row, "division", known)
            if not is_post(division):
                raise BadRow("row.no_post", "division", division)
            if division in taken:
                raise BadRow("row.twice", "division", division)
            writing.put(PostRow, division, {"phones": duty_numbers(row)})
            taken.add(division)

        bad = each_row(sheet, ("division", "phones"), take, key=None)
    return Report(writing.counts, bad, sheet.ignored)


def duty_numbers(row: Row) -> list[str]:
    """The numbers of one post as they are written and dialled, the first one first. Raises BadRow."""
    found = []
    for part in split(row["phones"]):
        text = re.sub(r"\s", "", _DASHES.sub("-", unicodedata.normalize("NFKC", part)))
        if _DUTY_NUMBER.fullmatch(text) is None or sum(map(str.isdigit, text)) not in _DIGITS:
            raise BadRow("row.phone", "phones", part[:40])
        found.append(text)
    if len(found) > NUMBERS_MOST:
        raise BadRow("row.value", "phones", row["phones"][:40])
    return list(dict.fromkeys(found))


def import_officers(registry: Registry, path: Path) -> Report:
    """Officers and keepers. A keeper keeps one station, which must be there."""
    sheet = read_sheet(path, _OFFICERS)
    with registry.read() as session:
        known = known_divisions(session)
        stations = set(session.scalars(select(StationRow.id)))
    with bulk(registry, OfficerRow, f"officers {path.name}") as rows:

        def take(row: Row) -> None:
            if row["role"] not in ROLES:
                raise BadRow("row.value", "role", row["role"][:40])
            post = code_of(row, "post", known)
            station = row.get("station", "")
            if (station or row["role"] == "keeper") and station not in stations:
                raise BadRow("row.unknown_station", "station", station[:40])
            values = {"role": row["role"], "post": post, "station": station}
            personal = {"name": row["name"], "phone": row.get("phone", "")}
            rows.put(row["id"], values, subject=f"officer:{row['id']}", personal=personal)

        bad = each_row(sheet, ("id", "name", "role", "post"), take, key="id")
    return Report(rows.counts, bad, sheet.ignored)


def _known_places(session: Session, table: type[StationRow] | type[SavedPlaceRow]) -> dict[str, tuple[float, float]]:
    return {id_: (lon, lat) for id_, lon, lat in session.execute(select(table.id, table.lon, table.lat))}


def known_divisions(session: Session) -> set[str]:
    return set(session.scalars(select(DivisionRow.code)))
