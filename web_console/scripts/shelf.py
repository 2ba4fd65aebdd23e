"""The shelf of drill files of one realm: a folder of YAML, each file whole, sound when it was put there, and named by its hash."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec

from command.core.errors import Refused
from command.core.files import sync_folder, write_whole
from drills.scenario import Scenario, ScenarioFault, dump, parse, shipped
from drills.scenario.bounds import NAME

MOST = 200
"""A trainer's shelf, not an archive."""
_SUFFIX = ".yaml"


class Script(NamedTuple):
    """`scenario`: None where somebody spoiled the file by hand, `faults` then says how. `revision`: of the very text; "" for one that
    comes along."""

    id: str
    revision: str
    scenario: Scenario | None
    faults: int = 0

    @property
    def is_shipped(self) -> bool:
        return self.revision == ""


class Shelf:
    """`folder` need not be there. Two who save at once: one of them is told. Not shared between processes that write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._one = Lock()
        self._read: dict[str, Script] = {}

    def all(self) -> Iterator[Script]:
        """Own ones by id, then those that come along."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            if NAME.fullmatch(path.stem) and path.stem not in _shipped():
                yield self._of(path)
        yield from _shipped().values()

    def get(self, script: str) -> Script:
        """Raises Refused(script.unknown)."""
        if script in _shipped():
            return _shipped()[script]
        path = self._path(script)
        if path is None or not path.is_file():
            raise Refused("script.unknown", script=script[:60])
        return self._of(path)

    def sound(self, script: str) -> Scenario:
        """Raises Refused(script.unknown), ScenarioFault for a file somebody spoiled."""
        found = self.get(script)
        return found.scenario if found.scenario is not None else parse(self._text(script))

    def text(self, script: str) -> bytes:
        """The file as it lies there. Raises Refused(script.unknown)."""
        found = self.get(script)
        return dump(found.scenario) if found.is_shipped and found.scenario is not None else self._text(script)

    def save(self, scenario: Scenario, *, revision: str) -> Script:
        """In the place of `revision`; "": a new one. The same text again changes nothing. Raises Refused(script.…), ScenarioFault."""
        path = self._path(scenario.id)
        if path is None:
            raise Refused("script.id")
        if scenario.id in _shipped():
            raise Refused("script.shipped")
        text = dump(scenario)
        parse(text)
        with self._one:
            self._folder.mkdir(parents=True, exist_ok=True)
            before = path.read_bytes() if path.exists() else None
            if before != text:
                if (_hash(before) if before is not None else "") != revision:
                    raise Refused("script.changed")
                if before is None and sum(1 for _ in self._folder.glob(f"*{_SUFFIX}")) >= MOST:
                    raise Refused("script.full", most=MOST)
                write_whole(path, text)
            return self._of(path)

    def copy(self, script: str) -> Script:
        """Another one with the same content, under the next name that is free."""
        scenario = self.sound(script)
        taken = {each.id for each in self.all()}
        stem = script.rstrip("0123456789").removesuffix("-")[:50]
        fresh = next(name for n in range(2, MOST + 10) if (name := f"{stem}-{n}") not in taken)
        zh, en = f"{scenario.zh} {fresh.rpartition('-')[2]}", f"{scenario.en} {fresh.rpartition('-')[2]}"
        return self.save(msgspec.structs.replace(scenario, id=fresh, zh=zh, en=en), revision="")

    def delete(self, script: str, *, revision: str) -> None:
        """Raises Refused(script.…)."""
        found = self.get(script)
        if found.is_shipped:
            raise Refused("script.shipped")
        path = self._folder / f"{script}{_SUFFIX}"
        with self._one:
            if not path.exists() or _hash(path.read_bytes()) != revision:
                raise Refused("script.changed")
            path.unlink()
            sync_folder(self._folder)

    def _path(self, script: str) -> Path | None:
        return self._folder / f"{script}{_SUFFIX}" if NAME.fullmatch(script) else None

    def _text(self, script: str) -> bytes:
        return (self._folder / f"{script}{_SUFFIX}").read_bytes()

    def _of(self, path: Path) -> Script:
        """Read anew only when the text is another."""
        text = path.read_bytes()
        held = self._read.get(path.stem)
        if held is None or held.revision != _hash(text):
            held = self._read[path.stem] = _read(path.stem, text)
        return held


def _read(script: str, text: bytes) -> Script:
    try:
        scenario = parse(text)
    except ScenarioFault as fault:
        return Script(script, _hash(text), None, len(fault.faults))
    return Script(script, _hash(text), scenario) if scenario.id == script else Script(script, _hash(text), None, 1)


def _hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


@cache
def _shipped() -> dict[str, Script]:
    return {each.id: Script(each.id, "", each) for each in shipped()}
