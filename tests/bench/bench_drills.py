"""Figures of drills, one file a thing."""

from collections.abc import Callable

from tests.bench import drills_engine, drills_live, seeking
from tests.bench.figures import Figure

WORKS: tuple[Callable[[], list[Figure]], ...] = (drills_engine.run, drills_live.run, seeking.run)


def run() -> list[Figure]:
    return [figure for work in WORKS for figure in work()]
