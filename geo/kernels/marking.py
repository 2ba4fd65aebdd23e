"""What zones mark on a raster of cells. A block is `BLOCK` x `BLOCK` cells; a zone that holds a whole block stands in the list of the
block, else in the lists of its cells: `zone << 1 | 1` where its border runs through the cell.
"""

import math

import numpy as np

from geo.kernels.jit import arc_m, chord2, jit, spot

BLOCK = 16
NO, IN, BORDER = 0, 1, 2
"""What a zone marks a cell with."""
_SLACK = 1e-9
"""Degrees, a tenth of a millimetre: a border so near to a cell counts as in it."""

_WIDEST_M = 6_400_000.0
"""More than any radius of curvature of the ellipsoid: a cell is no wider than its angle times this."""


@jit
def mark_polygon(edges, west, south, d_lon, d_lat, col0, row0, marks):
    """`marks` (rows, columns) over the zone's own box: 2 where its border may run, 1 where the cell lies inside, else 0."""
    rows, cols = marks.shape
    odd = np.zeros((rows, cols), np.uint8)
    for n in range(edges.shape[0]):
        x1, y1, x2, y2 = edges[n, 0], edges[n, 1], edges[n, 2], edges[n, 3]
        if y1 > y2:
            x1, y1, x2, y2 = x2, y2, x1, y1
        low, high = int(math.floor((y1 - south) / d_lat)), int(math.floor((y2 - south) / d_lat))
        for row in range(low, high + 1):
            y_low, y_high = max(y1, south + row * d_lat), min(y2, south + (row + 1) * d_lat)
            if y2 > y1:
                xa = x1 + (x2 - x1) * (min(max(y_low, y1), y2) - y1) / (y2 - y1)
                xb = x1 + (x2 - x1) * (min(max(y_high, y1), y2) - y1) / (y2 - y1)
            else:
                xa, xb = x1, x2
            if xa > xb:
                xa, xb = xb, xa
            first = max(int(math.floor((xa - _SLACK - west) / d_lon)) - col0, 0)
            last = min(int(math.floor((xb + _SLACK - west) / d_lon)) - col0, cols - 1)
            for col in range(first, last + 1):
                marks[row - row0, col] = BORDER
            middle = south + (row + 0.5) * d_lat
            if (y1 > middle) != (y2 > middle):
                x = x1 + (x2 - x1) * (middle - y1) / (y2 - y1)
                col = min(max(int(math.floor((x - west) / d_lon)) - col0, 0), cols - 1)
                marks[row - row0, col] = BORDER
                odd[row - row0, col] ^= 1
    for row in range(rows):
        inside = 0
        for col in range(cols):
            if marks[row, col] == BORDER:
                inside ^= odd[row, col]
            else:
                marks[row, col] = inside


@jit
def mark_disc(lon, lat, radius_m, west, south, d_lon, d_lat, col0, row0, marks):
    """By the distance to the middle of each cell, and half its diagonal at its widest."""
    rows, cols = marks.shape
    middle = spot(lon, lat)
    for row in range(rows):
        y = south + (row0 + row + 0.5) * d_lat
        widest = math.cos(math.radians(max(min(abs(y) - d_lat, 89.0), 0.0)))
        half = 0.5 * math.radians(math.hypot(d_lat, d_lon * widest)) * _WIDEST_M + 0.01
        for col in range(cols):
            x = west + (col0 + col + 0.5) * d_lon
            metres = arc_m(chord2(middle, spot(x, y)))
            if metres + half <= radius_m:
                marks[row, col] = IN
            elif metres - half <= radius_m:
                marks[row, col] = BORDER


@jit
def sweep(marks, col0, row0, columns, blocks, out):
    """The marks of a zone as `list << 1 | border`; lists of blocks first, then those of cells. Only counts while `out` is empty."""
    rows, cols = marks.shape
    found = 0
    for block_row in range(row0 // BLOCK, (row0 + rows - 1) // BLOCK + 1):
        for block_col in range(col0 // BLOCK, (col0 + cols - 1) // BLOCK + 1):
            top, left = block_row * BLOCK - row0, block_col * BLOCK - col0
            whole = top >= 0 and left >= 0 and top + BLOCK <= rows and left + BLOCK <= cols
            if whole:
                for row in range(top, top + BLOCK):
                    for col in range(left, left + BLOCK):
                        if marks[row, col] != IN:
                            whole = False
                            break
                    if not whole:
                        break
            if whole:
                if out.shape[0]:
                    out[found] = (block_row * (columns // BLOCK) + block_col) << 1
                found += 1
                continue
            for row in range(max(top, 0), min(top + BLOCK, rows)):
                for col in range(max(left, 0), min(left + BLOCK, cols)):
                    mark = marks[row, col]
                    if mark:
                        if out.shape[0]:
                            out[found] = (blocks + (row0 + row) * columns + col0 + col) << 1 | (mark == BORDER)
                        found += 1
    return found


@jit
def rows_of(edges, south, d_lat, row0, rows):
    """Edges by the rows they touch: starts (rows + 1) and the edges, those of several rows several times."""
    starts = np.zeros(rows + 1, np.int64)
    for n in range(edges.shape[0]):
        a = int(math.floor((min(edges[n, 1], edges[n, 3]) - south) / d_lat)) - row0
        b = int(math.floor((max(edges[n, 1], edges[n, 3]) - south) / d_lat)) - row0
        for row in range(a, b + 1):
            starts[row + 1] += 1
    for row in range(rows):
        starts[row + 1] += starts[row]
    at = starts[:-1].copy()
    kept = np.empty((starts[rows], 4), np.float64)
    for n in range(edges.shape[0]):
        a = int(math.floor((min(edges[n, 1], edges[n, 3]) - south) / d_lat)) - row0
        b = int(math.floor((max(edges[n, 1], edges[n, 3]) - south) / d_lat)) - row0
        for row in range(a, b + 1):
            kept[at[row]] = edges[n]
            at[row] += 1
    return starts, kept


@jit
def listed(pieces, ends, lists):
    """What the zones swept, one behind the other up to its end, as starts (lists + 1) and entries `zone << 1 | border`."""
    starts = np.zeros(lists + 1, np.int32)
    for n in range(pieces.shape[0]):
        starts[(pieces[n] >> 1) + 1] += 1
    for n in range(lists):
        starts[n + 1] += starts[n]
    at = starts[:-1].copy()
    entries = np.empty(pieces.shape[0], np.int32)
    first = 0
    for zone in range(ends.shape[0]):
        for n in range(first, ends[zone]):
            where = pieces[n] >> 1
            entries[at[where]] = zone << 1 | (pieces[n] & 1)
            at[where] += 1
        first = ends[zone]
    return starts, entries
