"""The tables of a review: which columns, what stands in them. A table without rows is none; neither is a column without a word."""

import re
from collections.abc import Callable, Sequence

from drills.review import words as w
from drills.review.paper import Block, Cell, Column, Table, Text
from drills.review.saying import exercise_time, lasting, number, stamp
from drills.review.shape import InjectRow, MeasureRow, ObjectiveRow, Review, WaveRow, Words
from drills.review.words import Lang, word, word_of

Say = Callable[[Words], str]
_NO_WORDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold and nobody can read."""
_BREAKS = re.compile("[\t\r\n]+")


def clean(text: str) -> str:
    return _BREAKS.sub(" ", _NO_WORDS.sub("", text))


def _table(name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Without rows nothing; without the columns in which no row says anything. A dash where one row has nothing to say."""
    told = [no for no in range(len(columns)) if any(row[no].text or row[no].at for row in rows)]
    filled = tuple(
        tuple(row[no] if row[no].text or row[no].at else row[no]._replace(text=w.NOTHING) for no in told) for row in rows
    )
    return [Table(name, tuple(columns[no] for no in told), filled)] if filled else []


def objectives(rows: Sequence[ObjectiveRow], lang: Lang, say: Say) -> list[Block]:
    def rating(row: ObjectiveRow) -> Cell:
        if row.rating:
            return Cell(clean(word_of(w.RATINGS, row.rating, lang)), is_strong=True)
        if not row.proposed:
            return Cell(say(w.UNRATED))
        proposed = word(w.PROPOSED, lang, rating=clean(word_of(w.RATINGS, row.proposed, lang)))
        return Cell(f"{say(w.UNRATED)}{word(w.STOP, lang)}{proposed}")

    columns = (Column(say(w.OBJECTIVE), 30), Column(say(w.RATING), 22), Column(say(w.BASIS), 32), Column(say(w.EVENTS), 16))
    cells = [(Cell(say(each.what)), rating(each), Cell(say(each.basis)), Cell("", each.at)) for each in rows]
    return _table(say(w.OBJECTIVES), columns, cells)


def measures(rows: Sequence[MeasureRow], lang: Lang, say: Say) -> list[Block]:
    def value(row: MeasureRow) -> Cell:
        said = word(w.SAID, lang, words=clean(row.said_by_hand)) if row.said_by_hand else ""
        return Cell(word(w.STOP, lang).join(each for each in (say(row.value), said) if each))

    columns = (
        Column(say(w.NO), 8, is_figure=True), Column(say(w.MEASURE), 38), Column(say(w.RESULT), 12), Column(say(w.VALUE), 27),
        Column(say(w.EVENTS), 16),
    )  # fmt: skip
    cells = [
        (
            Cell(str(each.inject)),
            Cell(say(each.what)),
            Cell(clean(word_of(w.OUTCOMES, each.outcome, lang)), is_strong=each.outcome == "missed"),
            value(each),
            Cell("", each.at),
        )
        for each in rows
    ]
    return _table(say(w.MEASURES), columns, cells)


def by_hand(rows: Sequence[MeasureRow], say: Say) -> list[Block]:
    """What a person has yet to say: it has no value so far."""
    columns = (Column(say(w.NO), 8, is_figure=True), Column(say(w.MEASURE), 76), Column(say(w.EVENTS), 16))
    cells = [(Cell(str(each.inject)), Cell(say(each.what)), Cell("", each.at)) for each in rows]
    return _table(say(w.BY_HAND), columns, cells)


def injects(rows: Sequence[InjectRow], lang: Lang, say: Say) -> list[Block]:
    columns = (
        Column(say(w.NO), 8, is_figure=True), Column(say(w.INJECT), 27), Column(say(w.KIND), 15), Column(say(w.PLANNED_AT), 15),
        Column(say(w.PLAYED_AT), 12), Column(say(w.STATE), 12), Column(say(w.NOTE), 20),
    )  # fmt: skip
    cells = [
        (
            Cell(str(each.no)),
            Cell(say(each.what)),
            Cell(clean(word_of(w.KINDS, each.kind, lang))),
            Cell(say(w.BY_CONTROLLER) if each.planned_s is None else exercise_time(each.planned_s)),
            Cell("" if each.played_s is None else exercise_time(each.played_s)),
            Cell(clean(word_of(w.STATES, each.state, lang))),
            Cell(say(each.why)),
        )
        for each in rows
    ]
    return _table(say(w.INJECTS), columns, cells)


def waves(rows: Sequence[WaveRow], lang: Lang, say: Say) -> list[Block]:
    def delays(of: tuple[float, float] | None) -> Cell:
        return Cell("" if of is None else " / ".join(lasting(each, lang) for each in of))

    columns = (
        Column(say(w.INCIDENT), 22), Column(say(w.WAVE), 11), Column(say(w.CALLED), 9, is_figure=True),
        Column(say(w.SEEN), 15, is_figure=True), Column(say(w.ACCEPTED), 13, is_figure=True),
        Column(say(w.ACCEPTING), 15, is_figure=True), Column(say(w.ARRIVED), 12, is_figure=True),
        Column(say(w.ARRIVING), 15, is_figure=True),
    )  # fmt: skip
    cells = [
        (
            Cell(say(each.incident)), Cell(word(w.NTH_WAVE, lang, wave=each.wave)), Cell(number(each.called)), delays(each.seen),
            Cell(number(each.accepted)), delays(each.accepting), Cell(number(each.arrived)), delays(each.arriving),
        )
        for each in rows
    ]  # fmt: skip
    table = _table(say(w.WAVES), columns, cells)
    return [*table, Text(Cell(say(w.OF_DELAYS)), is_quiet=True)] if table else []


def comparison(review: Review, say: Say) -> list[Block]:
    columns = (Column(say(w.FIGURE), 34), Column(say(w.THIS), 22), Column(say(w.LAST_DRILL), 22), Column(say(w.REAL), 22))
    cells = [
        (
            Cell(say(each.what)),
            Cell(say(each.this), is_strong=True),
            *(Cell("" if of is None else say(of)) for of in (each.last, each.real)),
        )
        for each in review.comparison
    ]
    return _table(say(w.COMPARISON), columns, cells)


def improvements(review: Review, say: Say) -> list[Block]:
    columns = (
        Column(say(w.PROBLEM), 28), Column(say(w.ACTION), 28), Column(say(w.OWNER), 16), Column(say(w.DUE), 12),
        Column(say(w.TESTED), 16),
    )  # fmt: skip
    cells = [
        (*(Cell(clean(of)) for of in (each.what, each.action, each.owner, each.due)), Cell(say(each.tested or w.IS_NEW)))
        for each in review.improvements
    ]
    return _table(say(w.IMPROVEMENTS), columns, cells)


def evidence(review: Review, say: Say) -> list[Block]:
    columns = (
        Column(say(w.POSITION), 9), Column(say(w.AT), 21), Column(say(w.SINCE), 12), Column(say(w.NAME), 21), Column(say(w.WHAT), 37),
    )  # fmt: skip
    cells = [
        (
            Cell(f"#{each.position}", is_event=each.position),
            Cell(stamp(each.at_ms)),
            Cell(exercise_time((each.at_ms - review.began_ms) / 1000)),
            Cell(clean(each.name)),
            Cell(say(each.words)),
        )
        for _, each in sorted(review.evidence.items())
    ]
    return _table(say(w.EVIDENCE), columns, cells)
