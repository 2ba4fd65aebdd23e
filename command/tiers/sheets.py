"""Reading the files people bring: CSV, XLSX or GeoJSON, with headings in Chinese or English."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from command.tiers.rows import BadRow, Sheet


def read_sheet(path: Path, columns: Mapping[str, Sequence[str]]) -> Sheet:
    """Lines as column -> text. `columns`: English name -> its other headings. Raises BadRow for a file that is none.

    `.xlsx`: the first sheet. `.geojson`, `.json`: one row per feature (RFC 7946), its properties as columns and its Point as `lon`, `lat`.
    Anything else: CSV in UTF-8 or GB 18030.
    """
    read = _READERS.get(path.suffix.lower(), _csv)
    try:
        return read(path, _Headings(columns))
    except UnicodeDecodeError as error:
        raise BadRow("file.no_text", value=path.name) from error
    except (BadZipFile, InvalidFileException) as error:
        raise BadRow("file.no_book") from error
    except (OSError, ValueError, KeyError, RecursionError) as error:
        raise BadRow("file.unreadable", value=path.name) from error


class _Headings:
    """Which column a heading means."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self._names = {alias.strip().lower(): name for name, aliases in columns.items() for alias in (name, *aliases)}

    def column(self, heading: str) -> str | None:
        return self._names.get(heading.strip().lower())

    def unknown(self, headings: Iterable[str]) -> list[str]:
        return [heading for heading in headings if heading.strip() and self.column(heading) is None]


def _table(lines: Iterator[list[str]], headings: _Headings) -> Sheet:
    first = next(lines, None)
    if not first:
        raise BadRow("file.empty")
    names = [headings.column(cell) for cell in first]
    rows = [
        (number, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name is not None})
        for number, cells in enumerate(lines, 2)
        if any(cell.strip() for cell in cells)
    ]
    return Sheet(rows, headings.unknown(first))


def _csv(path: Path, headings: _Headings) -> Sheet:
    return _table(csv_lines(decoded(path.read_bytes())), headings)


def decoded(raw: bytes) -> str:
    """Text in UTF-16 that says so, in UTF-8, else in GB 18030. Raises ValueError."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def csv_lines(text: str) -> Iterator[list[str]]:
    """The lines of a CSV, its cells parted by commas, or by tabs where the first line holds more of them. Raises ValueError."""
    first = text.partition("\n")[0]
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter="\t" if first.count("\t") > first.count(",") else ",")
    except csv.Error as error:
        raise ValueError(str(error)) from error


def _xlsx(path: Path, headings: _Headings) -> Sheet:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        lines = book.worksheets[0].iter_rows(values_only=True)
        return _table((["" if cell is None else str(cell) for cell in cells] for cells in lines), headings)
    finally:
        book.close()


def _geojson(path: Path, headings: _Headings) -> Sheet:
    found = json.loads(path.read_bytes().decode("utf-8-sig"))
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise ValueError("not a GeoJSON FeatureCollection")
    features = [feature if isinstance(feature, dict) else {} for feature in found["features"]]
    rows = [(number, _cells(feature, headings)) for number, feature in enumerate(features, 1)]
    return Sheet(rows, headings.unknown(dict.fromkeys(key for feature in features for key in _properties(feature))))


def _cells(feature: dict[str, object], headings: _Headings) -> dict[str, str]:
    named = ((headings.column(key), value) for key, value in _properties(feature).items())
    return {name: _text(value) for name, value in named if name is not None} | _place(feature.get("geometry"))


def _properties(feature: dict[str, object]) -> dict[str, object]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _place(geometry: object) -> dict[str, str]:
    """Longitude and latitude of a Point; of any other shape what it is, which no reader of a coordinate takes."""
    if not isinstance(geometry, dict):
        return {}
    match geometry:
        case {"type": "Point", "coordinates": [float() | int() as lon, float() | int() as lat, *_]}:
            return {"lon": str(lon), "lat": str(lat)}
        case _:
            kind = str(geometry.get("type"))
            return {"lon": kind, "lat": kind}


def _text(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case list():
            return ";".join(_text(part) for part in value)
        case _:
            return str(value).strip()


_READERS = {".xlsx": _xlsx, ".geojson": _geojson, ".json": _geojson}
