"""Figures of the ground, each at three sizes so that the slope shows, each size in a process of its own so that its peak memory shows."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.ground_fences import fences
from tests.bench.ground_moving import moving
from tests.bench.ground_reach import reach

Case = Callable[[int, Callable[[], None]], list[Figure]]
"""Given a size and what to call once our own part is done, before the peers begin."""
CASES: list[tuple[Case, tuple[int, int, int]]] = [
    (fences, (300, 1_000, 3_000)),  # circles; polygons and hazards in proportion
    (moving, (10_000, 100_000, 1_000_000)),  # people
    (reach, (20_000, 100_000, 300_000)),  # nodes
]
_KB_A_MB = 1024


def run() -> list[Figure]:
    found = []
    for case, sizes in CASES:
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                found += alone.apply(_measured, (case, size))
    return found


def _measured(case: Case, size: int) -> list[Figure]:
    before, peak = _mb(), 0.0

    def done() -> None:
        nonlocal peak
        peak = _mb()

    figures = case(size, done)
    return [
        *(figure._replace(name=f"{figure.name}_{size}") for figure in figures),
        Figure(f"{case.__name__}_peak_mb_{size}", peak, "MB", "before it began", before, "slope"),
    ]


def _mb() -> float:
    """The most this process ever held; what its parent held is none of it."""
    said = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in said.splitlines() if line.startswith("VmHWM")).split()[1]) / _KB_A_MB
