"""A forecast: many branches of one moment, each with its own chance. When will each need be met, with what chance; what to do now."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from drills.forks.branch import Parent, branch
from drills.forks.changes import AS_IT_IS, Change, NextWave
from drills.forks.happened import Happened, happened
from drills.forks.needs import Called, Need, Needs
from drills.forks.recalling import NOBODY, People

GRID = 24
"""Moments of a band, evenly over the horizon."""
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
SURE = 0.8
"""Below this chance of being met in time something is to be done."""
WORTH = 0.1
"""An act is worth proposing when it raises the chance by so much."""


class Band(NamedTuple):
    """People on the spot at a moment: tenth, fiftieth and ninetieth percentile of the branches."""

    at_ms: int
    low: int
    middle: int
    high: int


class NeedForecast(NamedTuple):
    """`by_ms`: when it was asked for, else the end of the horizon; `in_time`: the share of branches in which as many as needed were on the
    spot by then; `promised`: in which they were promised by then; `half_ms`, `most_ms`: when half of the branches, when nine of ten had
    met it (None: not within the horizon), `early_ms` one of ten; `first_ms`: when in half of them the first were on the spot. In the middle
    one of the branches: `over`, people on the spot beyond the least; `calls`, to how many `teams`."""

    need: Need
    by_ms: int
    in_time: float
    promised: float
    half_ms: int | None
    most_ms: int | None
    early_ms: int | None
    first_ms: int | None
    over: int
    calls: int
    teams: int
    bands: tuple[Band, ...]


class Forecast(NamedTuple):
    """`events`: decided in all branches together. `happened_ms`: up to when it is what really happened, 0: nothing of it; `people`: in the
    middle one of the branches, how many did as they really did, and how many are simulated; `refused`: what was ordered in the record
    and made no sense any more, likewise."""

    branches: int
    until_ms: int
    events: int
    needs: tuple[NeedForecast, ...]
    happened_ms: int = 0
    people: People = NOBODY
    refused: int = 0


class Advice(NamedTuple):
    """`act`: next_wave (now), wait (it will be met), ask_above (nothing at hand helps). Chances before, and with the act."""

    need: Need
    act: str
    chance: float
    with_it: float


class _Run(NamedTuple):
    promised: dict[Need, int]
    arrived: dict[Need, int]
    steps: dict[Need, list[tuple[int, int]]]
    called: dict[Need, Called]
    events: int
    people: People = NOBODY
    refused: int = 0


def forecast(parent: Parent, *, branches: int, horizon_ms: int, seed: int = 1, change: Change = AS_IT_IS) -> Forecast:
    """The same parent, seed and change give the same forecast, in any process. Each branch has a seed of its own. Where nothing is changed
    of a past moment, it is what happened, and only what lies behind the record is played."""
    until_ms = parent.now_ms + horizon_ms
    main = _main_line(parent, change, until_ms)
    if main is None:
        runs = [_play(parent, seed * 1_000_003 + n, change, until_ms) for n in range(branches)]
    elif main.is_over or main.here.now_ms >= until_ms:
        runs, branches = (
            [_Run(main.needs.promised, main.needs.arrived, main.needs.steps, main.needs.called(), main.events, main.people)],
            1,
        )
    else:
        runs = [_play(main.here, seed * 1_000_003 + n, change, until_ms, main.needs) for n in range(branches)]
    wanted = list(dict.fromkeys(need for run in runs for need in run.steps))
    found = tuple(_need(parent, need, runs, until_ms) for need in sorted(wanted))
    middle = sorted(runs, key=lambda run: (run.people, run.refused))[len(runs) // 2]
    return Forecast(
        branches, until_ms, sum(run.events for run in runs), found, main.here.now_ms if main is not None else 0,
        middle.people if main is None else main.people._replace(beyond=middle.people.beyond, simulated=middle.people.simulated), middle.refused,
    )  # fmt: skip


def _main_line(parent: Parent, change: Change, until_ms: int) -> Happened | None:
    if parent.record is None or change != AS_IT_IS or parent.record.head <= parent.position:
        return None
    return happened(parent, until_ms)


def advise(parent: Parent, *, branches: int, horizon_ms: int, seed: int = 1) -> tuple[Forecast, tuple[Advice, ...]]:
    """The forecast, and for each need that is not sure to be met in time whether calling more now would help."""
    base = forecast(parent, branches=branches, horizon_ms=horizon_ms, seed=seed)
    return base, tuple(_advice(parent, each, branches, horizon_ms, seed) for each in base.needs)


def _advice(parent: Parent, one: NeedForecast, branches: int, horizon_ms: int, seed: int) -> Advice:
    if one.in_time >= SURE:
        return Advice(one.need, "wait", one.in_time, one.in_time)
    change = NextWave(incident=one.need.incident)
    tried = forecast(parent, branches=max(branches // 4, 1), horizon_ms=horizon_ms, seed=seed, change=change)
    better = next((each.in_time for each in tried.needs if each.need == one.need), 0.0)
    return Advice(one.need, "next_wave" if better >= one.in_time + WORTH else "ask_above", one.in_time, better)


def _play(parent: Parent, seed: int, change: Change, until_ms: int, needs: Needs | None = None) -> _Run:
    grown = branch(parent, seed=seed, change=change, needs=needs)
    grown.stage.run(until_ms)
    people = grown.recalled.people if grown.recalled is not None else NOBODY
    needs_ = grown.needs
    return _Run(
        needs_.promised,
        needs_.arrived,
        needs_.steps,
        needs_.called(),
        grown.core.position - parent.position,
        people,
        grown.refused,
    )


def _need(parent: Parent, need: Need, runs: Sequence[_Run], until_ms: int) -> NeedForecast:
    by_ms = min(_by_ms(parent, need) or until_ms, until_ms)
    arrived = sorted(run.arrived[need] for run in runs if need in run.arrived)
    promised = sum(run.promised.get(need, until_ms + 1) <= by_ms for run in runs)
    stairs = [run.steps.get(need, []) for run in runs]
    firsts = sorted(at_ms for steps in stairs if (at_ms := _first(steps)) is not None)
    called = [run.called.get(need, Called(0, 0)) for run in runs]
    return NeedForecast(
        need, by_ms, sum(at <= by_ms for at in arrived) / len(runs), promised / len(runs), _when(arrived, len(runs), MIDDLE),
        _when(arrived, len(runs), HIGH), early_ms=_when(arrived, len(runs), LOW), first_ms=_when(firsts, len(runs), MIDDLE),
        over=_middle(max(max((people for _, people in steps), default=0) - need.least, 0) for steps in stairs),
        calls=_middle(each.calls for each in called), teams=_middle(each.teams for each in called),
        bands=tuple(_bands(parent.now_ms, until_ms, stairs)),
    )  # fmt: skip


def _first(steps: Sequence[tuple[int, int]]) -> int | None:
    return next((at_ms for at_ms, people in steps if people), None)


def _middle(counts: Iterable[int]) -> int:
    ordered = sorted(counts)
    return ordered[int(len(ordered) * MIDDLE)]


def _by_ms(parent: Parent, need: Need) -> int | None:
    state = parent.world.look(f"mobilization:m-{need.incident}")
    seats = None if state is None else state.seats(need.speciality)
    return None if seats is None else seats.by_ms


def _when(arrived: Sequence[int], branches: int, share: float) -> int | None:
    """When this share of all branches had met it."""
    wanted = -(-branches * share // 1)
    return arrived[int(wanted) - 1] if len(arrived) >= wanted else None


def _bands(now_ms: int, until_ms: int, stairs: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Band]:
    for n in range(GRID + 1):
        at_ms = now_ms + (until_ms - now_ms) * n // GRID
        people = sorted(_at(steps, at_ms) for steps in stairs)
        low, middle, high = (people[min(int(len(people) * share), len(people) - 1)] for share in (LOW, MIDDLE, HIGH))
        yield Band(at_ms, low, middle, high)


def _at(steps: Sequence[tuple[int, int]], at_ms: int) -> int:
    return next((people for began_ms, people in reversed(steps) if began_ms <= at_ms), 0)
