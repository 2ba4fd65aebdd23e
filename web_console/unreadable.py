"""Why a file that was brought cannot be read, as a code of the rows: what is seen before it is read, and what is found once a reader failed."""

import json
from pathlib import Path
from typing import BinaryIO

from command.tiers.rows import BadRow

_GZIP = b"\x1f\x8b"
_PACKED = frozenset({".gz", ".zip", ".bz2", ".xz", ".7z", ".rar"})
_HEAD_MOST = 64 * 1024
"""Of the head of a block of a PBF."""
_SQLITE = b"SQLite format 3\x00"
_CHUNK = 4096


def must_be_readable(path: Path, *, packed: bool = False) -> None:
    """Raises BadRow where there is no such file, it is a folder, may not be read, holds nothing, or has to be unpacked first. `packed`:
    the reader unpacks some by itself."""
    try:
        with path.open("rb") as file:
            first = file.read(_CHUNK)
    except FileNotFoundError as error:
        raise BadRow("file.missing", value=str(path)) from error
    except IsADirectoryError as error:
        raise BadRow("file.folder", value=str(path)) from error
    except OSError as error:
        raise BadRow("file.forbidden", value=str(path)) from error
    if not first.strip():
        raise BadRow("file.blank", value=path.name)
    if not packed and (path.suffix.lower() in _PACKED or first.startswith(_GZIP)):
        raise BadRow("file.packed", value=path.name)


def why_no_json(path: Path) -> BadRow:
    """Of a file that should have been a collection of features."""
    text = path.read_bytes().decode("utf-8-sig", "ignore").strip()
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        broken_off = error.pos >= len(text) or text[-1:] not in ("}", "]")
        if text[:1] in ("{", "[") and broken_off:
            return BadRow("file.cut_short", value=path.name)
    except RecursionError:
        pass
    return BadRow("file.no_collection", value=path.name)


def is_cut_short(path: Path) -> bool:
    """Whether a map that cannot be read is the beginning of one: OpenStreetMap's PBF or XML, or a GeoPackage."""
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(_CHUNK)
        if first.startswith(_SQLITE):
            page = int.from_bytes(first[16:18], "big")
            return size < (65_536 if page == 1 else page) * int.from_bytes(first[28:32], "big")
        if b"<osm" in first:
            file.seek(max(0, size - _CHUNK))
            return not file.read().rstrip().endswith((b"</osm>", b"</osmChange>"))
        file.seek(0)
        return b"OSMHeader" in first[:64] and _ends_in_a_block(file, size)


def _ends_in_a_block(file: BinaryIO, size: int) -> bool:
    """Walks a PBF from block to block (four bytes of length, a head that says how long its body is, the body)."""
    while file.tell() < size:
        length = int.from_bytes(file.read(4), "big")
        if length > _HEAD_MOST:
            return False
        if file.tell() + length > size:
            return True
        body = _body_length(file.read(length))
        if body is None:
            return False
        file.seek(body, 1)
    return file.tell() > size


def _body_length(head: bytes) -> int | None:
    """Field 3 of the head; fields 1 and 2 are text and are passed over. None where it is no such head."""
    at = 0
    while at < len(head):
        field, (number, at) = head[at] >> 3, _varint(head, at + 1)
        if field == 3:  # noqa: PLR2004 -- datasize, by the format
            return number
        at += number
    return None


def _varint(head: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, lowest first, and where it ends."""
    number = shift = 0
    while at < len(head):
        byte = head[at]
        number, shift, at = number | (byte & 0x7F) << shift, shift + 7, at + 1
        if byte < 0x80:  # noqa: PLR2004 -- the last group
            break
    return number, at
