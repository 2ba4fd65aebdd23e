"""What a figure is, and how it is kept."""

import gc
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Figure(NamedTuple):
    """One measured value beside its peer or limit. `aim` is words for the reader."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    aim: str

    @property
    def ratio(self) -> float:
        return self.value / self.peer_value if self.peer_value else 0.0


def seconds(work: Callable[[], T]) -> tuple[float, T]:
    """How long it took, and what it gave. As in a process that has just begun: the collector of cycles does not look again and
    again through what earlier figures left."""
    gc.collect()
    gc.freeze()
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made


def keep(group: str, figures: list[Figure], path: Path) -> None:
    """Print each and write all to var/bench.json beside other groups."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = json.loads(path.read_text("utf-8")) if path.exists() else {}
    held[group] = {
        f.name: {"value": f.value, "unit": f.unit, "peer": f.peer, "peer_value": f.peer_value, "ratio": f.ratio} for f in figures
    }
    path.write_text(json.dumps(held, indent=1), "utf-8")
    for f in figures:
        print(f"{f.name:28} {f.value:12,.2f} {f.unit:12} {f.peer}: {f.peer_value:,.2f}  ratio {f.ratio:.3f}  (aim {f.aim})")  # noqa: T201
