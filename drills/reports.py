"""Reports of a crisis map as it published them (CSV), and the table that says what each of them is to us."""

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec

from command.core.errors import Words

WORDS: Mapping[str, Words] = {
    "report.no_event": Words("不是需要召集的事件，未登记", "Not an event to call anyone for; nothing was recorded"),
    "report.unknown_tag": Words("没有对应的事件类别，未登记", "No category stands for its tags; nothing was recorded"),
    "report.unreadable": Words(
        "时间、坐标或编号无法读取，未登记", "Its time, place or number cannot be read; nothing was recorded"
    ),
}
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}")


class Row(NamedTuple):
    """One report: WGS-84, milliseconds since 1970 UTC. `tags`: English halves. `text`: the tags as they stood."""

    line: int
    number: str
    at_ms: int
    lon: float
    lat: float
    tags: tuple[str, ...]
    text: str


class CityFigures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The made-up city that covers the map: `bounds` west, south, east, north."""

    code: str
    name: str
    name_en: str
    bounds: tuple[float, float, float, float]
    counties: int
    townships: int
    villages_per_township: int
    people: int
    teams: int


class Tag(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tag of the map is to us; `category` None: no event. `why`: on what ground."""

    tag: str
    why: str
    category: str | None = None


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`tag`: in order, the gravest first."""

    city: CityFigures
    tag: tuple[Tag, ...]

    def meaning(self, tags: Sequence[str]) -> Tag | None:
        """The first row of the table that the report carries; None when it carries none."""
        return next((row for row in self.tag if row.tag in tags), None)


def read_table(name: str) -> Table:
    """A shipped table by name, e.g. `haiti`."""
    return msgspec.convert(tomllib.loads(files("drills").joinpath(f"data/{name}.toml").read_text("utf-8")), Table)


def read_reports(path: Path) -> tuple[list[Row], list[int]]:
    """Rows in order of time, then of the file; and the lines that cannot be read (the heading is line 1).

    Columns: Serial, ts (ISO 8601 with offset), CATEGORY, LATITUDE, LONGITUDE. Raises ValueError when one is missing.
    """
    rows: list[Row] = []
    bad: list[int] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"Serial", "ts", "CATEGORY", "LATITUDE", "LONGITUDE"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"缺少列 · columns missing: {', '.join(sorted(missing))}")
        for line, cells in enumerate(reader, 2):
            row = _row(line, cells)
            if row is None:
                bad.append(line)
            else:
                rows.append(row)
    return sorted(rows, key=lambda row: (row.at_ms, row.line)), bad


def _row(line: int, cells: Mapping[str, str | None]) -> Row | None:
    text = (cells["CATEGORY"] or "").strip().strip(",")
    number = (cells["Serial"] or "").strip()
    try:
        at = datetime.fromisoformat((cells["ts"] or "").strip())
        lon, lat = float(cells["LONGITUDE"] or ""), float(cells["LATITUDE"] or "")
    except ValueError:
        return None
    if at.tzinfo is None or not _NUMBER.fullmatch(number) or not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 -- degrees
        return None
    tags = tuple(part.rpartition("|")[2].strip() for part in text.split(",") if part.strip())
    return Row(line, number, round(at.timestamp() * 1000), lon, lat, tags, text)
