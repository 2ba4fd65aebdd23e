"""The registry of one realm: ordinary tables in a file of their own, each write with its line in the outbox."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.orm import Session

from command.core.vault import Vault
from command.tiers.tables import OfficerRow, Outbox, Table


class Change(NamedTuple):
    """One line of the outbox. An import covers all revisions from `first_rev` to `rev`."""

    rev: int
    kind: str
    id: str
    first_rev: int | None
    counts: dict[str, int]


class Registry:
    """`migrate` brings the file's tables up to date. Personal parts are sealed and opened here, nowhere else."""

    def __init__(self, path: Path, *, vault: Vault, migrate: Callable[[Engine], None]) -> None:
        self.engine = create_engine(f"sqlite:///{path}")
        event.listen(self.engine, "connect", _set_pragmas)
        self._vault = vault
        migrate(self.engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, kind: str, id_: str) -> Iterator["Writing"]:
        """One change or one bulk import (`kind` "import"): committed whole, with its line in the outbox, or not at all."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            first = self._revision(session) + 1
            writing = Writing(session, self._vault, first)
            yield writing
            if writing.touched:
                counts = msgspec.json.encode(writing.counts).decode()
                session.add(Outbox(rev=writing.rev, kind=kind, id=id_, first_rev=first, counts=counts))

    def revision(self) -> int:
        with self.read() as session:
            return self._revision(session)

    def outbox_after(self, rev: int, *, limit: int = 500) -> list[Change]:
        with self.read() as session:
            rows = session.scalars(select(Outbox).where(Outbox.rev > rev).order_by(Outbox.rev).limit(limit))
            return [Change(r.rev, r.kind, r.id, r.first_rev, msgspec.json.decode(r.counts or "{}")) for r in rows]

    def open(self, subject: str, sealed: bytes | None) -> dict[str, Any]:
        """The personal part; {} once erased."""
        return self._vault.open(subject, sealed, context="registry") or {}

    def officers(self) -> list[tuple[OfficerRow, dict[str, Any]]]:
        with self.read() as session:
            rows = list(session.scalars(select(OfficerRow).order_by(OfficerRow.id)))
        return [(row, self.open(f"officer:{row.id}", row.sealed)) for row in rows]

    def close(self) -> None:
        self.engine.dispose()

    @staticmethod
    def _revision(session: Session) -> int:
        return session.scalar(select(func.max(Outbox.rev))) or 0


class Writing:
    """An open write. `put` stores a row when it differs; every stored row gets the next revision."""

    def __init__(self, session: Session, vault: Vault, first: int) -> None:
        self.session = session
        self._vault = vault
        self.rev = first - 1
        self.counts = {"new": 0, "changed": 0, "same": 0}

    @property
    def touched(self) -> bool:
        return self.counts["new"] + self.counts["changed"] > 0

    def seal(self, subject: str, plain: Mapping[str, Any]) -> bytes | None:
        self._vault.prepare([subject])
        return self._vault.seal(subject, plain, context="registry")

    def seal_prepared(self, subject: str, plain: Mapping[str, Any]) -> bytes | None:
        """As `seal`, for a subject whose key `prepare` has made."""
        return self._vault.seal(subject, plain, context="registry")

    def prepare(self, subjects: list[str]) -> None:
        """Make the keys of many people in one go."""
        self._vault.prepare(subjects)

    def put(self, table: type[Table], id_: str, values: Mapping[str, Any]) -> None:
        row = self.session.get(table, id_)
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            self.counts["same"] += 1
            return
        self.rev += 1
        self.counts["new" if row is None else "changed"] += 1
        if row is None:
            key = table.__mapper__.primary_key[0].name
            self.session.add(table(**{key: id_}, **values, rev=self.rev))
            return
        for name, value in {**values, "rev": self.rev}.items():
            setattr(row, name, value)


def _set_pragmas(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
