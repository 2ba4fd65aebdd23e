"""The committed picture as it was: the same fold that screens are shown, held in checkpoints."""

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path

import command
import incidents
import mobilization
import web_console
from command.core.facts import Event, Rules
from command.core.log import Log
from command.core.records import Codec
from drills import conduct
from drills.seeking import EVERY, Layer, Layers, Seeker, Shelf, code_of
from web_console.board.lines import LINES_HELD
from web_console.board.view import View
from web_console.rules import rules_of

SHELF = "replay.db"
_ROOMS = (command, incidents, mobilization, conduct)


def code(kind: str) -> str:
    """What stands for all code that folds a realm of this kind."""
    rooms = [Path(room.__path__[0]) for room in _ROOMS]
    return f"{kind} {code_of([*rooms, Path(web_console.__path__[0]) / 'board'])}"


def opened(folder: Path, log: Log, *, kind: str) -> tuple[Shelf, Seeker[View]]:
    """Of a realm on disk: its checkpoints lie beside its log."""
    shelf = Shelf(folder / SHELF, epoch=log.epoch(), code=code(kind))
    return shelf, seeker(log, shelf, rules=rules_of(kind))


def seeker(log: Log, shelf: Shelf, *, rules: Rules, every: int = EVERY) -> Seeker[View]:
    """Over the realm's own log."""

    def made(layers: Layers, position: int) -> View:
        return View(rules.kinds, layers, lines=PastLines(layers.many("lines"), event_at=found.event), position=position)

    found = Seeker(log=log, codec=Codec(rules.facts), shelf=shelf, made=made, every=every)
    return found


class PastLines:
    """The newest lines: their events are read from the log again when they are looked at."""

    def __init__(self, keys: Layer, *, event_at: Callable[[int], Event]) -> None:
        self._keys, self._event_at = keys, event_at
        self._incidents: dict[int, str] = {}

    def __iter__(self) -> Iterator[tuple[Event, str]]:
        for key in list(islice(reversed(self._keys), LINES_HELD))[::-1]:
            position, incident = _read(key)
            yield self._event_at(position), incident

    def add(self, event: Event, incident: str) -> None:
        self._keys[f"{event.position} {incident}"] = None
        self._incidents[event.position] = incident

    def get(self, position: int) -> tuple[Event, str] | None:
        """Of one that was added here, or named by `newest`."""
        incident = self._incidents.get(position)
        return None if incident is None else (self._event_at(position), incident)

    def newest(self, incidents: Collection[str], *, most: int) -> list[int]:
        held = (_read(key) for key in islice(reversed(self._keys), LINES_HELD))
        found = list(islice((line for line in held if line[1] in incidents), most))[::-1]
        self._incidents.update(found)
        return [position for position, _ in found]


def _read(key: str) -> tuple[int, str]:
    position, _, incident = key.partition(" ")
    return int(position), incident
