"""The map of a review as a drawing: where it happened, danger areas and closures, where crews set out and arrived. No ground under it:
a sheet that is printed in black on white needs none, and it is drawn without a server of maps.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from drills.review.drawing import BLACK, DASH_DOT, DASHED, GREY, Anchor, Drawing, Label, Path, Point
from drills.review.shape import LonLat, MapPicture, Mark

WIDTH, HEIGHT = 640.0, 320.0
MOST_NUMBERED = 40
_EDGE, _LEAST_M, _AROUND = 28.0, 1_000.0, 1.15
_DEGREE_M = 111_195.0  # of a great circle on the mean Earth: a picture needs no better
_HATCH, _MARK, _CIRCLE = 9.0, 5.0, 16
_HIGH = 11
_SIDES: tuple[tuple[int, Anchor], ...] = ((1, "start"), (-1, "end"))
_BARS_M = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
_ORDER = {"incident": 0, "base": 1, "station": 2}
_CLOSURE = "closure"


class Ground(NamedTuple):
    """A local plane: metres east and north of the middle, to points of the sheet."""

    lon: float
    lat: float
    per_m: float

    def place(self, at: LonLat) -> Point:
        east_m = (at[0] - self.lon) * _DEGREE_M * math.cos(math.radians(self.lat))
        north_m = (at[1] - self.lat) * _DEGREE_M
        return round(WIDTH / 2 + east_m * self.per_m, 2), round(HEIGHT / 2 - north_m * self.per_m, 2)


def numbered(picture: MapPicture) -> tuple[Mark, ...]:
    """Marks in the order of their numbers: incidents, then where teams set out, then stations; those the sheet has room for."""
    ground = _ground(picture)
    marks = sorted(
        (each for each in picture.marks if _on_sheet(ground.place(each.at))), key=lambda each: _ORDER.get(each.kind, 9)
    )
    return tuple(marks[:MOST_NUMBERED])


def of_map(picture: MapPicture) -> Drawing:
    ground = _ground(picture)
    sheet = ((0.5, 0.5), (WIDTH - 0.5, 0.5), (WIDTH - 0.5, HEIGHT - 0.5), (0.5, HEIGHT - 0.5))
    paths: list[Path] = [Path(sheet, shade=GREY, is_closed=True)]
    for ring in picture.outline:
        places = [ground.place(each) for each in ring]
        sides = zip(places, places[1:] + places[:1], strict=True)
        paths += [Path(piece, shade=GREY, dash=DASH_DOT) for piece in _joined(_within(sides))]
    for start, end in picture.trips:
        paths += _arrow(ground.place(start), ground.place(end))
    for kind, ring in picture.rings:
        paths += _ring(kind, [ground.place(each) for each in ring])
    labels = list(_numbers([ground.place(each.at) for each in numbered(picture)]))
    paths += [_plate(*_box(label)) for label in labels]  # a number is read on hatched ground, too
    paths += [_mark(mark.kind, ground.place(mark.at)) for mark in picture.marks if _on_sheet(ground.place(mark.at))]
    bar_m = max((each for each in _BARS_M if each * ground.per_m <= WIDTH / 4), default=_BARS_M[0])
    left, right, y = 16.0, round(16.0 + bar_m * ground.per_m, 2), HEIGHT - 16
    paths += [
        _plate((left - 4, y - 22), (right + 8, y + 8)),
        Path(((left, y - 5), (left, y), (right, y), (right, y - 5)), width=1.4),
    ]
    labels.append(Label((left + 3, y - 13), f"{bar_m / 1000:g} km" if bar_m >= _LEAST_M else f"{bar_m} m"))
    north = (WIDTH - 20, 16.0)
    paths.append(Path((north, (north[0] - 5, 30), (north[0], 27), (north[0] + 5, 30)), fill=BLACK, is_closed=True))
    labels.append(Label((north[0], 39), "N", anchor="middle", is_strong=True))
    return Drawing(WIDTH, HEIGHT, tuple(paths), tuple(labels))


def _ground(picture: MapPicture) -> Ground:
    """As near as everything that happened allows; the outline of the division only where nothing did."""
    happened = [each.at for each in picture.marks if each.kind == "incident"]
    happened += [at for _, ring in picture.rings for at in ring] + [at for trip in picture.trips for at in trip]
    shown = happened or [each.at for each in picture.marks] or [at for ring in picture.outline for at in ring] or [(0.0, 0.0)]
    west, east = min(at[0] for at in shown), max(at[0] for at in shown)
    south, north = min(at[1] for at in shown), max(at[1] for at in shown)
    lat = (south + north) / 2
    wide_m = max((east - west) * _DEGREE_M * math.cos(math.radians(lat)), _LEAST_M) * _AROUND
    high_m = max((north - south) * _DEGREE_M, _LEAST_M) * _AROUND
    return Ground((west + east) / 2, lat, min((WIDTH - 2 * _EDGE) / wide_m, (HEIGHT - 2 * _EDGE) / high_m))


def _on_sheet(place: Point) -> bool:
    return _MARK <= place[0] <= WIDTH - _MARK and _MARK <= place[1] <= HEIGHT - _MARK


def _mark(kind: str, at: Point) -> Path:
    """A shape for each kind: none is told by its colour."""
    x, y = at
    if kind == "incident":
        reach = _MARK + 2
        return Path(((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)), fill=BLACK, is_closed=True)
    if kind == "base":
        reach = _MARK - 1
        corners = ((x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach))
        return Path(corners, width=1.4, fill=1.0, is_closed=True)
    turns = (2 * math.pi * step / _CIRCLE for step in range(_CIRCLE))
    circle = tuple((round(x + 3 * math.cos(turn), 2), round(y + 3 * math.sin(turn), 2)) for turn in turns)
    return Path(circle, fill=1.0, is_closed=True)


def _ring(kind: str, places: Sequence[Point]) -> Iterator[Path]:
    """One that is too small to be seen at this scale is a sign: a triangle, a cross."""
    if len(places) < 2:  # noqa: PLR2004 -- a line has two ends
        return
    (west, east), (north, south) = ((min(of), max(of)) for of in zip(*places, strict=True))
    x, y, is_small = (west + east) / 2, (north + south) / 2, max(east - west, south - north) < 2 * _MARK
    if kind == _CLOSURE and is_small:
        yield from (Path(((x - _MARK, y - up), (x + _MARK, y + up)), width=2.4) for up in (_MARK, -_MARK))
    elif kind == _CLOSURE:
        yield Path(tuple(places), width=2.4, dash=DASHED, is_closed=True)
    elif is_small:
        yield Path(
            ((x, y - 3.5 * _MARK), (x + 3.2 * _MARK, y + 2 * _MARK), (x - 3.2 * _MARK, y + 2 * _MARK)), width=1.8, is_closed=True
        )
    else:
        yield Path(tuple(places), width=1.4, is_closed=True)
        yield from (Path(piece, width=0.6) for piece in _hatched(places))


def _hatched(places: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Slanting lines within a ring: where x + y is a multiple of the spacing, between each odd crossing and the next."""
    sums = [x + y for x, y in places]
    for no in range(math.ceil(min(sums) / _HATCH), math.floor(max(sums) / _HATCH) + 1):
        level = no * _HATCH
        crossed = []
        for (x, y), (next_x, next_y) in zip(places, [*places[1:], places[0]], strict=True):
            here, there = x + y - level, next_x + next_y - level
            if (here > 0) != (there > 0):
                part = here / (here - there)
                crossed.append((round(x + part * (next_x - x), 2), round(y + part * (next_y - y), 2)))
        crossed.sort()
        yield from zip(crossed[::2], crossed[1::2], strict=False)


def _arrow(start: Point, end: Point) -> Iterator[Path]:
    length = math.dist(start, end)
    if length < 3 * _MARK:
        return
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)

    def off(back: float, aside: float) -> Point:
        return (
            round(end[0] - along[0] * back - along[1] * aside, 2),
            round(end[1] - along[1] * back + along[0] * aside, 2),
        )

    yield Path((start, off(_MARK + 8, 0)), shade=GREY)
    yield Path((off(_MARK + 3, 0), off(_MARK + 11, 3), off(_MARK + 11, -3)), shade=GREY, fill=GREY, is_closed=True)


def _plate(corner: Point, other: Point) -> Path:
    return Path((corner, (other[0], corner[1]), other, (corner[0], other[1])), shade=None, fill=1.0, is_closed=True)


def _numbers(places: Sequence[Point]) -> Iterator[Label]:
    """Beside its mark, where no other number lies yet. Marks on one spot share a label: 1, 2, 5–9."""
    spots: list[tuple[Point, list[int]]] = []
    for no, place in enumerate(places, 1):
        found = next((numbers for spot, numbers in spots if math.dist(spot, place) <= _MARK), None)
        if found is None:
            spots.append((place, [no]))
        else:
            found.append(no)
    taken: list[tuple[Point, Point]] = []
    for (x, y), numbers in spots:
        text = _ranges(numbers)
        tries = [
            Label((x + side * (9 + 6 * out), y + up * _HIGH), text, anchor=anchor, is_strong=True)
            for out in range(4)
            for side, anchor in _SIDES
            for up in (0, -1, 1)
        ]
        label = next((each for each in tries if not any(_meet(_box(each), box) for box in taken)), tries[0])
        taken.append(_box(label))
        yield label


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for no in numbers:
        if runs and runs[-1][-1] == no - 1:
            runs[-1].append(no)
        else:
            runs.append([no])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _box(label: Label) -> tuple[Point, Point]:
    (x, y), wide = label.at, 6.5 * len(label.text)
    left = x - wide if label.anchor == "end" else x
    return (left - 1, y - 5), (left + wide + 1, y + 5)


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    return all(one[0][axis] < other[1][axis] and other[0][axis] < one[1][axis] for axis in (0, 1))


def _within(sides: Iterable[tuple[Point, Point]]) -> Iterator[tuple[Point, Point]]:
    """What of each side lies on the sheet (Liang and Barsky)."""
    for (x, y), (to_x, to_y) in sides:
        first, last = 0.0, 1.0
        for way, room in ((x - to_x, x), (to_x - x, WIDTH - x), (y - to_y, y), (to_y - y, HEIGHT - y)):
            if way == 0:
                first = 2.0 if room < 0 else first
            elif way < 0:
                first = max(first, room / way)
            else:
                last = min(last, room / way)
        if first < last:
            ends = tuple((round(x + part * (to_x - x), 2), round(y + part * (to_y - y), 2)) for part in (first, last))
            yield ends[0], ends[1]


def _joined(pieces: Iterable[tuple[Point, Point]]) -> Iterator[tuple[Point, ...]]:
    """Pieces that go on where the last one ended, as one line: its dashes go on, too."""
    line: list[Point] = []
    for start, end in pieces:
        if line and line[-1] == start:
            line.append(end)
            continue
        if line:
            yield tuple(line)
        line = [start, end]
    if line:
        yield tuple(line)
