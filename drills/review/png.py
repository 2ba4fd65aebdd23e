"""A drawing as a PNG, for papers that hold no vectors. Its digits come with Pillow itself: no font of the machine is asked for."""

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from drills.review.drawing import Drawing, Label, Path, Point

_PER_UNIT, _FINER = 2.5, 2
"""1,600 dots across a sheet; drawn twice as fine first, so that slanting lines are smooth."""
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_TO_BASELINE, _WHITE = 0.36, 255
_STRONGER = 0.04


def as_png(drawing: Drawing) -> bytes:
    scale = _PER_UNIT * _FINER
    sheet = Image.new("L", (round(drawing.width * scale), round(drawing.height * scale)), _WHITE)
    pen = ImageDraw.Draw(sheet)
    for path in drawing.paths:
        _draw(pen, path, scale)
    for label in drawing.labels:
        _write(pen, label, scale)
    size = (round(drawing.width * _PER_UNIT), round(drawing.height * _PER_UNIT))
    into = BytesIO()
    sheet.resize(size, Image.Resampling.LANCZOS).save(into, "PNG", optimize=True)
    return into.getvalue()


def _draw(pen: ImageDraw.ImageDraw, path: Path, scale: float) -> None:
    points = [(x * scale, y * scale) for x, y in path.points]
    if path.fill is not None:
        pen.polygon(points, fill=round(path.fill * _WHITE))
    if path.shade is None:
        return
    line = [*points, points[0]] if path.is_closed else points
    width = max(round(path.width * scale), 1)
    for piece in _dashes(line, [each * scale for each in path.dash]) if path.dash else (line,):
        pen.line(piece, fill=round(path.shade * _WHITE), width=width, joint="curve")


def _write(pen: ImageDraw.ImageDraw, label: Label, scale: float) -> None:
    size = label.size * scale
    at = (label.at[0] * scale, label.at[1] * scale + size * _TO_BASELINE)
    stroke = round(size * _STRONGER) if label.is_strong else 0
    pen.text(at, label.text, fill=0, font=ImageFont.load_default(size), anchor=_ANCHORS[label.anchor], stroke_width=stroke)


def _dashes(points: Sequence[Point], pattern: Sequence[float]) -> Iterator[list[Point]]:
    """The drawn pieces of a line: ink and gap by turns, going on around its corners."""
    no, left = 0, pattern[0]
    piece = [points[0]]
    for start, end in pairwise(points):
        gone, length = 0.0, math.dist(start, end)
        while length - gone > left:
            gone += left
            turn = (start[0] + (end[0] - start[0]) * gone / length, start[1] + (end[1] - start[1]) * gone / length)
            if no % 2 == 0:
                yield [*piece, turn]
            no += 1
            left, piece = pattern[no % len(pattern)], [turn]
        left -= length - gone
        piece.append(end)
    if no % 2 == 0 and len(piece) > 1:
        yield piece
