"""Pictures before they are SVG, PNG or PDF: paths and short labels on a sheet, black on white. y grows downwards. Labels are digits and
Latin letters only, so that no picture depends on a font of the machine; what a letter stands for is in the legend, as words.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from drills.review.saying import exercise_time, number
from drills.review.shape import Curve, Series

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
DOTTED, DASHED, DASH_DOT = (1.5, 2.5), (7.0, 4.0), (8.0, 3.0, 1.5, 3.0)
PALE, GREY, BLACK = 0.85, 0.4, 0.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Path(NamedTuple):
    """`shade` of its line and `fill`: 0 black to 1 white; None: none."""

    points: tuple[Point, ...]
    width: float = 1.0
    dash: tuple[float, ...] = ()
    shade: float | None = BLACK
    fill: float | None = None
    is_closed: bool = False


class Label(NamedTuple):
    """`at`: the middle of its height, and its start, middle or end by `anchor`."""

    at: Point
    text: str
    size: float = 11.0
    anchor: Anchor = "start"
    is_strong: bool = False


class Drawing(NamedTuple):
    width: float
    height: float
    paths: tuple[Path, ...]
    labels: tuple[Label, ...]


STROKES: dict[str, tuple[float, tuple[float, ...]]] = {"seen": (1.4, DOTTED), "accepted": (1.6, DASHED), "arrived": (2.4, ())}
"""Width and dash of a line by its kind; another kind is thin."""

_WIDTH, _HEIGHT = 640.0, 210.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 604.0, 12.0, 182.0
_STEPS_S = (60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400)
_MOST_X, _MOST_Y, _APART = 8, 5, 12.0
_FINEST = 0.25


def of_curve(curve: Curve) -> Drawing:
    """People against time. Each line ends in its letter, by the order of the series."""
    ends_s = max(curve.ends_s, 1.0)
    highest = max([curve.least or 0, *(value for each in curve.series for _, value in each.steps)])
    rise = _nice(highest)
    top = max(rise * math.ceil(highest / rise), rise)

    def place(seconds: float, value: float) -> Point:
        return (
            round(_LEFT + (_RIGHT - _LEFT) * min(max(seconds / ends_s, 0), 1), 2),
            round(_BOTTOM - (_BOTTOM - _TOP) * min(max(value / top, 0), 1), 2),
        )

    paths: list[Path] = []
    labels: list[Label] = []
    for value in (rise * n for n in range(round(top / rise) + 1)):
        paths.append(Path((place(0, value), place(ends_s, value)), shade=PALE if value else GREY))
        labels.append(Label((_LEFT - 6, place(0, value)[1]), number(value), anchor="end"))
    for seconds in _ticks(ends_s):
        x, y = place(seconds, 0)
        paths.append(Path(((x, y), (x, y + 4)), shade=GREY))
        labels.append(Label((x, y + 15), exercise_time(seconds) if seconds == 0 else exercise_time(seconds)[2:], anchor="middle"))
    if curve.least is not None:
        paths.append(Path((place(0, curve.least), place(ends_s, curve.least)), width=1.2, dash=DASH_DOT))
    ends = []
    for each in curve.series:
        width, dash = STROKES.get(each.kind, (1.2, ()))
        line = tuple(_staircase([place(*step) for step in _whole(each, ends_s)]))
        paths.append(Path(line, width=width, dash=dash))
        ends.append(line[-1][1])
    labels += [Label((_RIGHT + 8, y), letter(no), size=12, is_strong=True) for no, y in enumerate(_spread(ends, _TOP, _BOTTOM))]
    return Drawing(_WIDTH, _HEIGHT, tuple(paths), tuple(labels))


def last_of(series: Series) -> float:
    return series.steps[-1][1] if series.steps else 0


def letter(no: int) -> str:
    return LETTERS[no] if no < len(LETTERS) else str(no + 1)


def _nice(highest: float) -> int:
    """A whole step of 1, 2 or 5 with so many zeros that at most five reach the highest."""
    tens = 1
    while tens * 5 * _MOST_Y < highest:
        tens *= 10
    return next(step for step in (tens, 2 * tens, 5 * tens) if step * _MOST_Y >= highest)


def _ticks(ends_s: float) -> Iterator[float]:
    step = next(
        (each for each in _STEPS_S if ends_s / each <= _MOST_X), _STEPS_S[-1] * math.ceil(ends_s / _STEPS_S[-1] / _MOST_X)
    )
    return (float(step * n) for n in range(int(ends_s // step) + 1))


def _whole(series: Series, ends_s: float) -> Sequence[tuple[float, float]]:
    """From the start, where it is nothing, to the end, where it is what it was last."""
    steps = [step for step in series.steps if step[0] <= ends_s]
    first = [] if steps and steps[0][0] <= 0 else [(0.0, 0.0)]
    whole = [*first, *steps]
    return [*whole, (ends_s, whole[-1][1])]


def _staircase(points: Sequence[Point]) -> Iterator[Point]:
    """Along, then up. Of steps nearer than what can be seen only the last is drawn."""
    y = points[0][1]
    yield points[0]
    for no, (x, next_y) in enumerate(points[1:], 1):
        if no + 1 < len(points) and points[no + 1][0] // _FINEST == x // _FINEST:
            continue
        if next_y != y:
            yield (x, y)
        yield (x, next_y)
        y = next_y


def _spread(ys: Sequence[float], top: float, bottom: float) -> list[float]:
    """Labels that lie on each other are moved apart, in their order from below."""
    placed: dict[int, float] = {}
    lowest = bottom + _APART
    for no in sorted(range(len(ys)), key=lambda each: (-ys[each], each)):
        placed[no] = lowest = min(ys[no], lowest - _APART)
    short = max(0.0, top - lowest)
    return [placed[no] + short for no in range(len(ys))]
