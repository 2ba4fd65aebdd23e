"""Where a picture holds what it folded: dictionaries of frozen values, in memory unless somebody gives others."""

from collections.abc import MutableMapping
from typing import Any, Protocol


class Holding(Protocol):
    """Mappings by name, empty or as they were left. A value that changes is put anew, never changed in its place."""

    def many(self, name: str) -> MutableMapping[str, Any]:
        """Looked up by key, whatever their number; gone through in the order in which the keys first came."""
        ...

    def few(self, name: str) -> MutableMapping[str, Any]:
        """What stands just now, gone through as a whole, in order."""
        ...


class InMemory:
    """Nothing at first, and nowhere but here."""

    def many(self, _name: str) -> MutableMapping[str, Any]:
        return {}

    def few(self, _name: str) -> MutableMapping[str, Any]:
        return {}


IN_MEMORY: Holding = InMemory()


def joined(held: MutableMapping[str, Any], key: str, name: str) -> None:
    """Put one more name under a key, behind those that are there; once."""
    names = held.get(key, {})
    if name not in names:
        held[key] = {**names, name: None}


def parted(held: MutableMapping[str, Any], key: str, name: str) -> None:
    """Take a name away again."""
    held[key] = {each: None for each in held.get(key, {}) if each != name}
