"""Mappings as they were at a checkpoint, and what was put into them since: nothing is read before it is looked at."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from drills.seeking.shelf import Change, Few, Shelf
from drills.seeking.values import Values, kept

READ_HELD = 50_000
"""Values read, or put, that are held to be looked at again."""
_GONE: Any = object()
_UNREAD: Any = object()


class Layer(MutableMapping[str, Any]):
    """One mapping. Values are frozen: what is read may be shared."""

    def __init__(self, name: str, *, shelf: Shelf, values: Values, at: int) -> None:
        self._name, self._shelf, self._values = name, shelf, values
        self._at = at
        self._put: dict[str, Any] = {}
        self._read: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        found = self._found(key)
        if found is _GONE:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        found = self._found(key)
        return default if found is _GONE else found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._found(key) is not _GONE

    def __setitem__(self, key: str, value: Any) -> None:
        self._put[key] = value

    def __delitem__(self, key: str) -> None:
        if self._found(key) is _GONE:
            raise KeyError(key)
        self._put[key] = _GONE

    def __iter__(self) -> Iterator[str]:
        put = self._put
        for key in self._shelf.keys(self._name, self._at):
            if put.get(key) is not _GONE:
                yield key
        for key, value in list(put.items()):
            if value is not _GONE and not self._was(key):
                yield key

    def __reversed__(self) -> Iterator[str]:
        for key, value in reversed(list(self._put.items())):
            if value is not _GONE and not self._was(key):
                yield key
        for key in self._shelf.keys(self._name, self._at, newest_first=True):
            if self._put.get(key) is not _GONE:
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __copy__(self) -> "Layer":
        """A twin that goes on by itself from here."""
        twin = Layer(self._name, shelf=self._shelf, values=self._values, at=self._at)
        twin._put, twin._read = self._put.copy(), self._read.copy()
        return twin

    def changes(self) -> list[Change]:
        """What was put since the checkpoint."""
        changed = ((key, value, self._before(key)) for key, value in self._put.items())
        return [
            Change(self._name, key, None if value is _GONE else kept(value), before is _GONE)
            for key, value, before in changed
            if value is not before
        ]

    def settle(self, at: int) -> None:
        """What was put is on the shelf from `at` on."""
        if len(self._read) + len(self._put) > READ_HELD:
            self._read.clear()
        self._read.update(self._put)
        self._put.clear()
        self._at = at

    def _found(self, key: str) -> Any:
        found = self._put.get(key, _UNREAD)
        return self._before(key) if found is _UNREAD else found

    def _before(self, key: str) -> Any:
        found = self._read.get(key, _UNREAD)
        if found is _UNREAD:
            raw = self._shelf.get(self._name, key, self._at)
            found = self._read[key] = _GONE if raw is None else self._values.read(raw)
        return found

    def _was(self, key: str) -> bool:
        return self._before(key) is not _GONE


class Layers:
    """A `Holding` of the picture as it was at a checkpoint; 0: before anything was."""

    def __init__(self, shelf: Shelf, values: Values, at: int) -> None:
        self._shelf, self._values, self._at = shelf, values, at
        self._held = shelf.few(at)
        self._many: dict[str, Layer] = {}
        self._few: dict[str, dict[str, Any]] = {}

    def many(self, name: str) -> Layer:
        if name not in self._many:
            self._many[name] = Layer(name, shelf=self._shelf, values=self._values, at=self._at)
        return self._many[name]

    def few(self, name: str) -> dict[str, Any]:
        if name not in self._few:
            self._few[name] = {key: self._values.read(raw) for key, raw in self._held.get(name, ())}
        return self._few[name]

    def keep(self, position: int) -> None:
        """Put on the shelf what changed up to here."""
        few: Few = {name: [(key, kept(value)) for key, value in held.items()] for name, held in self._few.items()}
        self._shelf.put(position, (change for layer in self._many.values() for change in layer.changes()), few)
        for layer in self._many.values():
            layer.settle(position)
