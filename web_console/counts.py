"""What a city counted where, as points: people who live there, and buildings. One file of the realm, replaced whole."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from command.tiers.imports import Where
from command.tiers.rows import BadRow, Report, Row, each_row, number
from command.tiers.sheets import read_sheet

FILE = "counts.npz"
COUNT_MOST = 10_000_000
_COLUMNS = {"lon": ("经度",), "lat": ("纬度",), "people": ("人口", "常住人口"), "buildings": ("建筑", "建筑数", "栋数")}
Floats = npt.NDArray[np.float64]


class Counts(NamedTuple):
    """`points` (n, 2), lon and lat in WGS-84; how many of each are there, 0 where that was not counted."""

    points: Floats
    people: Floats
    buildings: Floats


def import_counts(folder: Path, path: Path, *, where: Where) -> Report:
    """Put these counts in the place of any before. Bad rows are named and left out.

    Raises BadRow when the file is none, or not one row is sound.
    """
    sheet = read_sheet(path, _COLUMNS)
    rows: list[tuple[float, float, float, float]] = []

    def take(row: Row) -> None:
        if not row.get("people") and not row.get("buildings"):
            raise BadRow("row.missing", "people")
        counted = [number(row, what, default=0, lowest=0, highest=COUNT_MOST) for what in ("people", "buildings")]
        rows.append((*where.place(row), counted[0], counted[1]))

    bad = each_row(sheet, ("lon", "lat"), take, key=None)
    if not rows:
        raise BadRow("file.no_rows", value=path.name)
    table = np.array(rows, np.float64)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{FILE}.part.npz"  # numpy adds its ending where it is missing
    np.savez_compressed(part, points=table[:, :2], people=table[:, 2], buildings=table[:, 3])
    part.replace(folder / FILE)
    return Report({"new": len(rows)}, bad, sheet.ignored)


def read_counts(folder: Path) -> Counts | None:
    """None where nothing was counted."""
    path = folder / FILE
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as held:
        return Counts(held["points"], held["people"], held["buildings"])
