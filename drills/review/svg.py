"""A drawing as SVG within a page, and for those who do not see it by its name."""

from html import escape

from drills.review.drawing import Drawing, Label, Path

_TO_BASELINE = 0.36


def as_svg(drawing: Drawing, name: str) -> str:
    parts = [*map(_path, drawing.paths), *map(_label, drawing.labels)]
    size = f"0 0 {drawing.width:g} {drawing.height:g}"
    return f'<svg viewBox="{size}" role="img" aria-label="{escape(name)}">{"".join(parts)}</svg>'


def _path(path: Path) -> str:
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in path.points) + ("Z" if path.is_closed else "")
    fill = "none" if path.fill is None else _grey(path.fill)
    stroke = "" if path.shade is None else f' stroke="{_grey(path.shade)}" stroke-width="{path.width:g}"'
    dash = f' stroke-dasharray="{" ".join(f"{each:g}" for each in path.dash)}"' if path.dash else ""
    return f'<path d="{line}" fill="{fill}"{stroke}{dash}/>'


def _label(label: Label) -> str:
    x, y = label.at
    weight = ' font-weight="700"' if label.is_strong else ""
    return (
        f'<text x="{x:g}" y="{y + label.size * _TO_BASELINE:.2f}" font-size="{label.size:g}" text-anchor="{label.anchor}"{weight}>'
        f"{escape(label.text)}</text>"
    )


def _grey(shade: float) -> str:
    return "#" + f"{round(shade * 255):02x}" * 3
