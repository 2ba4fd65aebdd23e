"""Which zones hold a point: the lists of its block and cell, and an exact test where a border runs through the cell."""

import math

from geo.kernels.jit import arc_m, chord2, jit, spot
from geo.kernels.marking import BLOCK

OUT, IN, ASK = 0, 1, 2
"""What an exact test says; ASK: too near to the line for floating point, whoever calls asks an exact predicate."""
_CCW_ERR = 3.3306690738754716e-16 * 1.0001
"""Of Shewchuk's orientation test: below this share of its terms, the sign of the determinant is not sure."""


@jit
def in_rings(x, y, edges, first, last):
    """Even-odd over edges [x1, y1, x2, y2] of rows `first` to `last`, all that can cross the height `y`."""
    inside = False
    for n in range(first, last):
        y1, y2 = edges[n, 1], edges[n, 3]
        if (y < y1 and y < y2) or (y > y1 and y > y2):
            continue
        x1, x2 = edges[n, 0], edges[n, 2]
        if x > x1 and x > x2:
            continue
        if x < x1 and x < x2:
            if (y1 > y) != (y2 > y):
                inside = not inside
            continue
        left, right = (x1 - x) * (y2 - y), (x2 - x) * (y1 - y)
        det = left - right
        if abs(det) <= _CCW_ERR * (abs(left) + abs(right)):
            return ASK
        if (y1 > y) != (y2 > y) and (det > 0.0) == (y2 > y1):
            inside = not inside
    return IN if inside else OUT


@jit
def _holds(zone, x, y, row, here, cells):
    if cells.radius_m[zone] < 0:
        at = cells.first_row[zone] + row - cells.row0[zone]
        return in_rings(x, y, cells.edges, cells.row_starts[at], cells.row_starts[at + 1])
    square = chord2(here, cells.spots[zone])
    most = cells.chords2[zone]
    if abs(square - most) > 1e-12 * most:
        return IN if square < most else OUT
    return IN if arc_m(square) <= cells.radius_m[zone] else OUT


@jit
def find_one(x, y, cells, out):
    """The zones that hold a point, ascending; one that is not sure as ~zone. How many."""
    if not (cells.west <= x < cells.east and cells.south <= y < cells.north):
        return 0
    col, row = int(math.floor((x - cells.west) / cells.d_lon)), int(math.floor((y - cells.south) / cells.d_lat))
    block = row // BLOCK * (cells.columns // BLOCK) + col // BLOCK
    cell = cells.blocks + row * cells.columns + col
    a, a_end = cells.starts[block], cells.starts[block + 1]
    b, b_end = cells.starts[cell], cells.starts[cell + 1]
    here = spot(x, y)
    found = 0
    while a < a_end or b < b_end:
        if b >= b_end or (a < a_end and cells.entries[a] < cells.entries[b]):
            out[found] = cells.entries[a] >> 1
            found += 1
            a += 1
            continue
        entry = cells.entries[b]
        b += 1
        zone = entry >> 1
        says = IN if not entry & 1 else _holds(zone, x, y, row, here, cells)
        if says != OUT:
            out[found] = zone if says == IN else ~zone
            found += 1
    return found


@jit
def find_many(points, cells, starts, out):
    """Point by point, as `find_one`; `starts` (points + 1) is filled. How many in all, or -1 when `out` is too short."""
    found = 0
    for n in range(points.shape[0]):
        starts[n] = found
        if found + cells.most > out.shape[0]:
            return -1
        found += find_one(points[n, 0], points[n, 1], cells, out[found:])
    starts[points.shape[0]] = found
    return found
