"""Very many who move, in lists by cell: only who may be called stands in them."""

import math

from geo.kernels.jit import chord2, jit, spot


@jit
def cell_in(lon, lat, lattice):
    """The cell of a place; what lies outside counts to the cell at the edge."""
    col = min(max(int(math.floor((lon - lattice.west) / lattice.d_lon)), 0), lattice.columns - 1)
    row = min(max(int(math.floor((lat - lattice.south) / lattice.d_lat)), 0), lattice.rows - 1)
    return row * lattice.columns + col


@jit
def _unlink(one, cells, first, following, preceding):
    before, after = preceding[one], following[one]
    if before >= 0:
        following[before] = after
    else:
        first[cells[one]] = after
    if after >= 0:
        preceding[after] = before


@jit
def _link(one, cell, cells, first, following, preceding):
    head = first[cell]
    cells[one], following[one], preceding[one] = cell, head, -1
    if head >= 0:
        preceding[head] = one
    first[cell] = one


@jit
def move(ones, points, places, eligible, lattice, cells, first, following, preceding):
    """New places. Only who is eligible stands in the lists of the cells, and only a change of cell touches them."""
    for n in range(ones.shape[0]):
        one = ones[n]
        places[one] = points[n]
        if eligible[one]:
            cell = cell_in(points[n, 0], points[n, 1], lattice)
            if cell != cells[one]:
                _unlink(one, cells, first, following, preceding)
                _link(one, cell, cells, first, following, preceding)


@jit
def mark(ones, wanted, places, eligible, lattice, cells, first, following, preceding):
    for n in range(ones.shape[0]):
        one = ones[n]
        if eligible[one] and not wanted:
            _unlink(one, cells, first, following, preceding)
        elif wanted and not eligible[one]:
            _link(one, cell_in(places[one, 0], places[one, 1], lattice), cells, first, following, preceding)
        eligible[one] = wanted


@jit
def nearest(lon, lat, reach2, places, lattice, step_m, first, following, ones, squares):
    """The nearest who are eligible, as many as `ones` has room for, by distance, ties by number; `squares`: of their chords. How many.
    Rings of cells around, until nobody farther out can be nearer than the last that was found."""
    columns, rows = lattice.columns, lattice.rows
    home = cell_in(lon, lat, lattice)
    col0, row0 = home % columns, home // columns
    room, found, here = ones.shape[0], 0, spot(lon, lat)
    for ring in range(max(columns, rows)):
        for row in range(max(row0 - ring, 0), min(row0 + ring, rows - 1) + 1):
            edge = row == row0 - ring or row == row0 + ring
            for col in range(max(col0 - ring, 0), min(col0 + ring, columns - 1) + 1):
                if not edge and col != col0 - ring and col != col0 + ring:
                    continue
                one = first[row * columns + col]
                while one >= 0:
                    square = chord2(here, spot(places[one, 0], places[one, 1]))
                    if square <= reach2 and (
                        found < room or square < squares[room - 1] or (square == squares[room - 1] and one < ones[room - 1])
                    ):
                        at = min(found, room - 1)
                        while at > 0 and (squares[at - 1] > square or (squares[at - 1] == square and ones[at - 1] > one)):
                            squares[at], ones[at] = squares[at - 1], ones[at - 1]
                            at -= 1
                        squares[at], ones[at] = square, one
                        found = min(found + 1, room)
                    one = following[one]
        cleared = (ring * step_m) ** 2
        if cleared > reach2 or (found == room and squares[room - 1] < cleared):
            break
    return found
