"""Bulk writes: a large file goes into the registry in stretches, so that nobody else waits for its end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from command.tiers.registry import Registry
from command.tiers.tables import Table

STRETCH = 5_000
"""Rows of one transaction: a tenth to a third of a second."""


class Bulk:
    """Rows of one table on their way in. `counts`: new, changed and unchanged rows stored so far."""

    def __init__(self, registry: Registry, table: type[Table], name: str) -> None:
        self._registry, self._table, self._name = registry, table, name
        self._waiting: list[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]] = []
        self.counts = {"new": 0, "changed": 0, "same": 0}

    def put(self, id_: str, values: Mapping[str, Any], *, subject: str, personal: Mapping[str, Any]) -> None:
        """Store a row whose `sealed` column holds `personal`, sealed under `subject`'s key. Ids must not repeat."""
        self._waiting.append((id_, subject, values, personal))
        if len(self._waiting) >= STRETCH:
            self.store()

    def store(self) -> None:
        """Commit what waits: first all keys in one go, then all rows with one line in the outbox."""
        waiting, self._waiting = self._waiting, []
        sealed = self._registry.seal([(subject, personal) for _, subject, _, personal in waiting])
        with self._registry.write("import", self._name) as writing:
            writing.put_many(
                self._table,
                [(id_, {**values, "sealed": part}) for (id_, _, values, _), part in zip(waiting, sealed, strict=True)],
            )
        self.counts = {name: count + writing.counts[name] for name, count in self.counts.items()}


@contextmanager
def bulk(registry: Registry, table: type[Table], name: str) -> Iterator[Bulk]:
    """A bulk import under this name. What was stored before an error stays: the same file again goes on from there."""
    rows = Bulk(registry, table, name)
    yield rows
    rows.store()
