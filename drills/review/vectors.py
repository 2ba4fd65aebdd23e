"""A drawing as vectors of a PDF: its y grows upwards."""

from reportlab.graphics.shapes import Drawing as Sheet
from reportlab.graphics.shapes import Group, Polygon, PolyLine, String
from reportlab.lib.colors import Color

from drills.review.drawing import Drawing, Label, Path

_PLAIN, _STRONG = "Helvetica", "Helvetica-Bold"
_TO_BASELINE = 0.36


def as_vectors(drawing: Drawing, width: float) -> Sheet:
    """As wide as the text beside it."""
    scale = width / drawing.width
    parts = Group(
        *(_path(each, drawing.height) for each in drawing.paths), *(_label(each, drawing.height) for each in drawing.labels)
    )
    parts.scale(scale, scale)
    sheet = Sheet(width, drawing.height * scale)
    sheet.add(parts)
    return sheet


def _path(path: Path, height: float) -> Polygon | PolyLine:
    points = [part for x, y in path.points for part in (x, height - y)]
    line, dash = _grey(path.shade), list(path.dash)
    if path.is_closed:
        return Polygon(points, strokeColor=line, strokeWidth=path.width, strokeDashArray=dash, fillColor=_grey(path.fill))
    return PolyLine(points, strokeColor=line, strokeWidth=path.width, strokeDashArray=dash)


def _grey(shade: float | None) -> Color | None:
    return None if shade is None else Color(shade, shade, shade)


def _label(label: Label, height: float) -> String:
    y = height - label.at[1] - label.size * _TO_BASELINE
    font = _STRONG if label.is_strong else _PLAIN
    return String(label.at[0], y, label.text, fontName=font, fontSize=label.size, textAnchor=label.anchor)
