"""The shape of an after-action review, before it is a page, a document or paper. Both languages stand side by side; a renderer picks
one. `at`: positions of the events a sentence rests on, found again in `evidence`.
"""

from collections.abc import Mapping
from typing import NamedTuple

LonLat = tuple[float, float]


class Words(NamedTuple):
    zh: str
    en: str


class Sentence(NamedTuple):
    words: Words
    at: tuple[int, ...] = ()


class Headline(NamedTuple):
    """One figure above all: what it is, how it came out, the bound that was set, how it was last time (None: never measured)."""

    what: Words
    value: Words
    bound: Words
    last: Words | None
    is_met: bool | None


class MeasureRow(NamedTuple):
    """`outcome`: met, missed, open, by_hand, not_played; `said_by_hand`: a person said so, with these words."""

    inject: int
    what: Words
    outcome: str
    value: Words
    said_by_hand: str
    at: tuple[int, ...]


class ObjectiveRow(NamedTuple):
    """`rating`: what a person confirmed, else ""; `proposed`: what the measures come to, "" where they say nothing."""

    what: Words
    rating: str
    proposed: str
    basis: Words
    at: tuple[int, ...]


class InjectRow(NamedTuple):
    """`planned_s`: seconds after the start, None for those that wait for a controller; `played_s`: None: not played. `state`:
    released, held, skipped, waiting; `why` in words."""

    no: int
    what: Words
    kind: str
    planned_s: float | None
    played_s: float | None
    state: str
    why: Words


class Series(NamedTuple):
    """A staircase: from `seconds` on the value is so. `kind` picks the line: seen, accepted, arrived."""

    kind: str
    name: Words
    steps: tuple[tuple[float, float], ...]


class Curve(NamedTuple):
    """People against time since the start; `least`: the line that was to be reached."""

    title: Words
    series: tuple[Series, ...]
    least: float | None
    ends_s: float


class WaveRow(NamedTuple):
    """One wave of one call-out. Delays in seconds after the call: median and ninetieth percentile; None: nobody."""

    incident: Words
    wave: int
    called: int
    seen: tuple[float, float] | None
    accepted: int
    accepting: tuple[float, float] | None
    arrived: int
    arriving: tuple[float, float] | None


class Mark(NamedTuple):
    """On the map. `kind`: incident, base, station."""

    kind: str
    at: LonLat
    name: Words


class MapPicture(NamedTuple):
    """WGS-84. `rings`: danger areas and closures by kind; `trips`: from where crews set out to where they arrived."""

    marks: tuple[Mark, ...]
    rings: tuple[tuple[str, tuple[LonLat, ...]], ...]
    trips: tuple[tuple[LonLat, LonLat], ...]
    outline: tuple[tuple[LonLat, ...], ...]


class ComparisonRow(NamedTuple):
    """One figure in this drill, in the last one, in real events. None: not known there."""

    what: Words
    this: Words
    last: Words | None
    real: Words | None


class Improvement(NamedTuple):
    """`tested`: what became of it in this drill, where it came from an earlier one; None: it is new, and the next must test it."""

    what: str
    action: str
    owner: str
    due: str
    tested: Words | None


class Evidence(NamedTuple):
    """One event, as the log has it: public part only."""

    position: int
    at_ms: int
    name: str
    words: Words


class Review(NamedTuple):
    """`is_exercise`: it is marked so at head and foot. `root`: the hash of the last record, up to `events`; `verified`: whether the
    chain held from the first to the last."""

    title: Words
    is_exercise: bool
    form: Words
    where: Words
    began_ms: int
    ended_ms: int
    seed: int | None
    headlines: tuple[Headline, ...]
    planned: tuple[Sentence, ...]
    happened: tuple[Sentence, ...]
    why: tuple[Sentence, ...]
    objectives: tuple[ObjectiveRow, ...]
    measures: tuple[MeasureRow, ...]
    injects: tuple[InjectRow, ...]
    curves: tuple[Curve, ...]
    waves: tuple[WaveRow, ...]
    picture: MapPicture | None
    comparison: tuple[ComparisonRow, ...]
    improvements: tuple[Improvement, ...]
    assumed: tuple[Words, ...]
    evidence: Mapping[int, Evidence]
    events: int
    root: str
    verified: bool
