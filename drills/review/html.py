"""A review as one page that needs nothing else: no script, no other file, no address. Read on a screen, printed on A4: a browser that
knows margin boxes (Chromium from 131 on) puts marking, log and page x of y on every sheet; another has them once, at head and foot.
"""

from html import escape
from importlib import resources

from drills.review.composing import compose
from drills.review.paper import Block, Box, Cell, Figure, Heading, Paper, Points, Section, Table, Text
from drills.review.shape import Review
from drills.review.svg import as_svg
from drills.review.words import MARKING_PARTS, TAGS, Lang

_STYLE = resources.files("drills.review").joinpath("review.css").read_text("utf-8")


def as_html(review: Review, lang: Lang) -> bytes:
    """UTF-8. The same review gives the same bytes."""
    paper = compose(review, lang)
    body = "\n".join((_head(paper), *(_section(paper, no, each) for no, each in enumerate(paper.sections, 1)), _foot(paper)))
    page = f"""<!doctype html>
<html lang="{TAGS[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(paper.heading)}</title>
<style>
{_margins(paper)}{_STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""
    return page.encode()


def _head(paper: Paper) -> str:
    facts = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(fact)}</dd></div>" for label, fact in paper.facts)
    boxes = f'<ul class="boxes">{"".join(map(_box, paper.boxes))}</ul>' if paper.boxes else ""
    return (
        f'<header>{_marking(paper)}<p class="drafted">{escape(paper.drafted)}</p></header>\n'
        f'<main>\n<h1>{escape(paper.title)} <span class="kind">{escape(paper.kind)}</span></h1>\n<dl class="facts">{facts}</dl>\n{boxes}'
    )


def _foot(paper: Paper) -> str:
    return f"</main>\n<footer>{_marking(paper)}<p>{escape(paper.log)} <span>{escape(paper.as_of)}</span></p></footer>"


def _marking(paper: Paper) -> str:
    """Each half in its own language, so that it is read out aright on either page."""
    if not paper.marking:
        return ""
    parts = " ".join(f'<span lang="{TAGS[lang]}">{escape(text)}</span>' for lang, text in MARKING_PARTS)
    return f'<p class="marking">{parts}</p>'


def _box(box: Box) -> str:
    lines = " ".join(f"<span>{escape(each)}</span>" for each in box.lines)
    verdict = f'<span class="{"missed" if box.is_missed else "met"}">{escape(box.verdict)}</span>' if box.verdict else ""
    return f"<li><span>{escape(box.what)}</span> <strong>{escape(box.value)}</strong> {lines} {verdict}</li>"


def _section(paper: Paper, no: int, section: Section) -> str:
    blocks = "\n".join(_block(paper, each) for each in section.blocks)
    return f'<section aria-labelledby="s{no}">\n<h2 id="s{no}">{escape(section.heading)}</h2>\n{blocks}\n</section>'


def _block(paper: Paper, block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h3>{escape(text)}</h3>"
        case Text(cell, is_quiet):
            return f'<p class="quiet">{_cell(paper, cell)}</p>' if is_quiet else f"<p>{_cell(paper, cell)}</p>"
        case Points(items):
            return f'<ul class="points">{"".join(f"<li>{_cell(paper, each)}</li>" for each in items)}</ul>'
        case Table():
            return _table(paper, block)
        case Figure(title, drawing, legend):
            told = "".join(f"<li>{escape(each)}</li>" for each in legend)
            return f'<h3>{escape(title)}</h3><figure>{as_svg(drawing, title)}<figcaption><ul class="legend">{told}</ul></figcaption></figure>'


def _table(paper: Paper, table: Table) -> str:
    """It scrolls within its own frame where a phone is too narrow for it."""
    whole = sum(each.share for each in table.columns)
    widths = "".join(f'<col style="width:{each.share / whole:.1%}">' for each in table.columns)
    figures = [' class="figure"' if each.is_figure else "" for each in table.columns]
    heads = "".join(f'<th scope="col"{of}>{escape(each.head)}</th>' for each, of in zip(table.columns, figures, strict=True))
    rows = "\n".join(
        f"<tr>{''.join(f'<td{of}>{_cell(paper, cell)}</td>' for cell, of in zip(row, figures, strict=True))}</tr>"
        for row in table.rows
    )
    return (
        f'<div class="table" role="region" aria-label="{escape(table.name)}" tabindex="0">'
        f"<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _cell(paper: Paper, cell: Cell) -> str:
    text = f"<strong>{escape(cell.text)}</strong>" if cell.is_strong else escape(cell.text)
    if cell.is_event is not None:
        text = f'<span id="e{cell.is_event}">{text}</span>'
    links = ", ".join(f'<a href="#e{at}">#{at}</a>' if at in paper.known else f"#{at}" for at in cell.at)
    return " ".join(filter(None, (text, f'<span class="at">[{links}]</span>' if links else "")))


def _margins(paper: Paper) -> str:
    before, after = paper.page.replace("{pages}", "{page}").split("{page}")[0:2]
    last = paper.page.split("{pages}")[1]
    page = f"{_quoted(before)} counter(page) {_quoted(after)} counter(pages) {_quoted(last)}"
    boxes = {
        "top-left": _quoted(paper.marking),
        "top-right": _quoted(paper.title),
        "bottom-left": f'{_quoted(paper.log)} "\\a" {_quoted(paper.as_of)}',
        "bottom-center": _quoted(paper.marking),
        "bottom-right": page,
    }
    return f"@page {{ {' '.join(f'@{place} {{ content: {what} }}' for place, what in boxes.items())} }}\n"


def _quoted(text: str) -> str:
    r"""A string of CSS: whatever is no letter or digit as \code, so that no title can end the string or the style."""
    return '"' + "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text) + '"'
