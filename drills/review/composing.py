"""A review laid out as a paper, in one language. What is empty is left out: no table without rows, no column without a word."""

from collections.abc import Iterable, Iterator, Sequence

from drills.review import tables
from drills.review import words as w
from drills.review.drawing import last_of, letter, of_curve
from drills.review.mapping import numbered, of_map
from drills.review.paper import Block, Box, Cell, Figure, Heading, Paper, Points, Section
from drills.review.saying import from_to, number, shortened, stamp
from drills.review.shape import Curve, Headline, MapPicture, Review, Sentence, Words
from drills.review.tables import Say, clean
from drills.review.words import Lang, word

BY_HAND = "by_hand"


def compose(review: Review, lang: Lang) -> Paper:
    def say(of: Words) -> str:
        return clean(word(of, lang))

    kind = w.OF_AN_EXERCISE if review.is_exercise else w.OF_AN_INCIDENT
    return Paper(
        lang=lang,
        title=say(review.title),
        kind=say(kind),
        marking=w.MARKING if review.is_exercise else "",
        drafted=say(w.DRAFTED),
        facts=tuple(_facts(review, lang, say)),
        boxes=tuple(_box(each, lang, say) for each in review.headlines),
        sections=tuple(_numbered(_sections(review, lang, say), lang)),
        log=_log(review, lang, shortened(review.root)),
        as_of=word(w.AS_OF, lang, at=stamp(review.ended_ms)),
        page=word(w.PAGE, lang),
        began_ms=review.began_ms,
        ended_ms=review.ended_ms,
        known=frozenset(review.evidence),
    )


def _facts(review: Review, lang: Lang, say: Say) -> Iterator[tuple[str, str]]:
    yield say(w.WHEN), from_to(review.began_ms, review.ended_ms, lang)
    for label, fact in ((w.FORM, review.form), (w.WHERE, review.where)):
        if say(fact):
            yield say(label), say(fact)
    if review.seed is not None:
        yield say(w.SEED), str(review.seed)
    yield say(w.LOG), _log(review, lang, review.root)


def _log(review: Review, lang: Lang, root: str) -> str:
    if not review.events:
        return word(w.NO_EVENTS, lang)
    return clean(word(w.VERIFIED if review.verified else w.NOT_VERIFIED, lang, events=review.events, root=root))


def _box(line: Headline, lang: Lang, say: Say) -> Box:
    lines = [word(w.BOUND, lang, bound=say(line.bound))] if say(line.bound) else []
    if line.last is not None:
        lines.append(word(w.LAST, lang, last=say(line.last)))
    verdict = "" if line.is_met is None else say(w.IS_MET if line.is_met else w.IS_MISSED)
    return Box(say(line.what), say(line.value), tuple(lines), verdict, is_missed=line.is_met is False)


def _numbered(sections: Iterable[tuple[Words, Sequence[Block]]], lang: Lang) -> Iterator[Section]:
    told = ((heading, blocks) for heading, blocks in sections if blocks)
    for no, (heading, blocks) in enumerate(told, 1):
        numeral = w.NUMERALS[no - 1] if lang == "zh" else no
        yield Section(word(w.HEADING, lang, no=numeral, heading=word(heading, lang)), tuple(blocks))


def _sections(review: Review, lang: Lang, say: Say) -> Iterator[tuple[Words, Sequence[Block]]]:
    """In the order they are read in: the story, how it is rated, what follows from it, what it rests on."""

    def part(heading: Words, blocks: Sequence[Block]) -> list[Block]:
        return [Heading(say(heading)), *blocks] if blocks else []

    scored = [each for each in review.measures if each.outcome != BY_HAND]
    by_hand = [each for each in review.measures if each.outcome == BY_HAND]
    picture = review.picture
    yield w.PLANNED, _points(review.planned, say)
    yield (
        w.HAPPENED,
        [
            *_points(review.happened, say),
            *(_curve(each, lang, say) for each in review.curves),
            *part(w.WAVES, tables.waves(review.waves, lang, say)),
            *([_map(picture, lang, say)] if picture is not None and _shows(picture) else []),
        ],
    )
    yield w.WHY, _points(review.why, say)
    yield (
        w.OBJECTIVES,
        [
            *tables.objectives(review.objectives, lang, say),
            *part(w.MEASURES, tables.measures(scored, lang, say)),
            *part(w.BY_HAND, tables.by_hand(by_hand, say)),
        ],
    )
    yield w.COMPARISON, tables.comparison(review, say)
    yield w.IMPROVEMENTS, tables.improvements(review, say)
    yield w.INJECTS, tables.injects(review.injects, lang, say)
    yield w.ASSUMED, [Points(tuple(Cell(say(each)) for each in review.assumed))] if review.assumed else []
    yield w.EVIDENCE, tables.evidence(review, say)


def _points(sentences: Sequence[Sentence], say: Say) -> list[Block]:
    return [Points(tuple(Cell(say(each.words), each.at) for each in sentences))] if sentences else []


def _curve(curve: Curve, lang: Lang, say: Say) -> Figure:
    legend = [
        word(
            w.LEGEND_OF_LINE,
            lang,
            letter=letter(no),
            name=say(each.name),
            line=word(w.LINES.get(each.kind, w.LINES[""]), lang),
            value=number(last_of(each)),
        )
        for no, each in enumerate(curve.series)
    ]
    if curve.least is not None:
        legend.append(word(w.LEGEND_OF_LEAST, lang, value=number(curve.least)))
    return Figure(say(curve.title), of_curve(curve), (*legend, say(w.AXES)))


def _shows(picture: MapPicture) -> bool:
    return bool(picture.marks or picture.rings or picture.trips)


def _map(picture: MapPicture, lang: Lang, say: Say) -> Figure:
    known = numbered(picture)
    legend = [f"{no} {say(each.name)}" for no, each in enumerate(known, 1)]
    if len(picture.marks) > len(known):
        legend.append(word(w.UNNUMBERED, lang, count=len(picture.marks) - len(known)))
    kinds = {each.kind for each in picture.marks}
    rings = {kind for kind, _ in picture.rings}
    legend += [say(of) for kind, of in w.MARKS.items() if kind in kinds]
    legend += [say(of) for kind, of in w.RINGS.items() if kind in rings]
    legend += [say(w.TRIPS)] if picture.trips else []
    legend += [say(w.OUTLINE)] if picture.outline else []
    return Figure(say(w.MAP), of_map(picture), tuple(legend))
