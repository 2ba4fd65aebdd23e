"""A raster of cells over zones: most points are decided by the cell they lie in, the others by an exact test against one border.

What a zone marks is kept with it, so that a zone added or taken away costs putting the lists together, not making them. WGS-84 degrees.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.kernels import marking
from geo.kernels.marking import BLOCK
from geo.metric import DEGREE_M, chord_m, spot

CELL_M = 150.0
CELLS_MOST = 4_000_000
Kind = TypeVar("Kind", np.int64, np.float64)
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]


class Disc(NamedTuple):
    """All within a distance."""

    lon: float
    lat: float
    radius_m: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north; a thousandth more than needed."""
        d_lat = self.radius_m / DEGREE_M * 1.001
        d_lon = d_lat / max(float(np.cos(np.radians(abs(self.lat) + d_lat))), 1e-6)
        return self.lon - d_lon, self.lat - d_lat, self.lon + d_lon, self.lat + d_lat


Shape = BaseGeometry | Disc


class Grid(NamedTuple):
    """Cells of equal degrees; columns and rows are whole blocks."""

    west: float
    south: float
    d_lon: float
    d_lat: float
    columns: int
    rows: int

    @property
    def blocks(self) -> int:
        return self.columns // BLOCK * (self.rows // BLOCK)

    @property
    def east(self) -> float:
        return self.west + self.columns * self.d_lon

    @property
    def north(self) -> float:
        return self.south + self.rows * self.d_lat

    def cell(self, lon: float, lat: float) -> tuple[int, int]:
        """Column and row; by the very sum the kernels do."""
        return int(np.floor((lon - self.west) / self.d_lon)), int(np.floor((lat - self.south) / self.d_lat))

    def spans(self, shape: Shape) -> bool:
        west, south, east, north = shape.bounds
        return self.west <= west and self.south <= south and east < self.east and north < self.north


class Piece(NamedTuple):
    """What one zone marks on a grid: its lists, and the edges of its border by row. A disc has no edges."""

    lists: Ints
    row0: int
    row_starts: Ints
    edges: Floats


class Cells(NamedTuple):
    """All that the kernels ask; rows of a zone begin at `first_row`, `radius_m` is -1 for a polygon, `most`: zones at one point."""

    west: float
    south: float
    east: float
    north: float
    d_lon: float
    d_lat: float
    columns: int
    blocks: int
    most: int
    starts: npt.NDArray[np.int32]
    entries: npt.NDArray[np.int32]
    first_row: Ints
    row0: Ints
    row_starts: Ints
    edges: Floats
    spots: Floats
    chords2: Floats
    radius_m: Floats


def grid_over(shapes: Sequence[Shape]) -> Grid:
    """Cells of some 150 m, larger where there would be too many, with one to spare on every side."""
    if not shapes:
        return Grid(0.0, 0.0, 1.0, 1.0, BLOCK, BLOCK)
    boxes = np.array([shape.bounds for shape in shapes], np.float64)
    (west, south), (east, north) = boxes[:, :2].min(0), boxes[:, 2:].max(0)
    squeeze = max(float(np.cos(np.radians((south + north) / 2))), 1e-3)
    d_lat = max(CELL_M / DEGREE_M, float(np.sqrt((north - south) * (east - west) * squeeze / CELLS_MOST)))
    d_lon = d_lat / squeeze
    west, south = float(west) - d_lon, float(south) - d_lat
    return Grid(west, south, d_lon, d_lat, _whole_blocks((east - west) / d_lon), _whole_blocks((north - south) / d_lat))


def _whole_blocks(cells: float) -> int:
    return (int(cells) + 2 + BLOCK - 1) // BLOCK * BLOCK


def edges_of(shape: BaseGeometry) -> Floats:
    """Every edge of every ring, as [x1, y1, x2, y2]."""
    points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
    same = ring[1:] == ring[:-1]
    return np.hstack((points[:-1][same], points[1:][same]))


def piece_of(shape: Shape, grid: Grid) -> Piece:
    west, south, east, north = shape.bounds
    (col0, row0), (col1, row1) = grid.cell(west, south), grid.cell(east, north)
    marks = np.zeros((row1 - row0 + 1, col1 - col0 + 1), np.uint8)
    at = (grid.west, grid.south, grid.d_lon, grid.d_lat, col0, row0, marks)
    if isinstance(shape, Disc):
        marking.mark_disc(shape.lon, shape.lat, shape.radius_m, *at)
        starts, edges = np.zeros(1, np.int64), np.empty((0, 4))
    else:
        lines = edges_of(shape)
        marking.mark_polygon(lines, *at)
        starts, edges = marking.rows_of(lines, grid.south, grid.d_lat, row0, len(marks))
    lists = np.empty(0, np.int64)
    swept = (marks, col0, row0, grid.columns, grid.blocks)
    lists = np.empty(marking.sweep(*swept, lists), np.int64)
    marking.sweep(*swept, lists)
    return Piece(lists, row0, starts, edges)


def cells_of(shapes: Sequence[Shape], pieces: Sequence[Piece], grid: Grid) -> Cells:
    """The pieces put together; the zones are numbered in the order given."""
    ends = np.cumsum([len(piece.lists) for piece in pieces], dtype=np.int64)
    starts, entries = marking.listed(_joined([p.lists for p in pieces], np.int64), ends, grid.blocks + grid.columns * grid.rows)
    rows = np.array([0, *(len(piece.row_starts) for piece in pieces)], np.int64)
    edges = np.array([0, *(len(piece.edges) for piece in pieces)], np.int64).cumsum()
    row_starts = [piece.row_starts + first for piece, first in zip(pieces, edges, strict=False)]
    discs = [(n, shape) for n, shape in enumerate(shapes) if isinstance(shape, Disc)]
    spots, chords2, radius_m = np.zeros((len(shapes), 3)), np.zeros(len(shapes)), np.full(len(shapes), -1.0)
    for n, disc in discs:
        spots[n], radius_m[n], chords2[n] = spot(disc.lon, disc.lat), disc.radius_m, chord_m(disc.radius_m) ** 2
    sizes = np.diff(starts)
    most = int(sizes[: grid.blocks].max(initial=0) + sizes[grid.blocks :].max(initial=0))
    return Cells(
        grid.west, grid.south, grid.east, grid.north, grid.d_lon, grid.d_lat, grid.columns, grid.blocks, most, starts, entries,
        rows.cumsum()[:-1], np.array([piece.row0 for piece in pieces], np.int64), _joined(row_starts, np.int64),
        _joined([piece.edges for piece in pieces], np.float64, 4), spots, chords2, radius_m,
    )  # fmt: skip


def _joined(parts: list[npt.NDArray[Kind]], kind: type[Kind], width: int = 0) -> npt.NDArray[Kind]:
    return np.concatenate(parts) if parts else np.empty((0, width) if width else 0, kind)
