"""The registry of one realm: ordinary tables in a file of their own, each write with its line in the outbox."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select
from sqlalchemy.orm import Session

from command.core.vault import Vault
from command.core.wal import empty_wal
from command.tiers.tables import OfficerRow, Outbox, Table

LOCK_WAIT_S = 10.0
_IDS_A_QUERY = 500


class Change(NamedTuple):
    """One line of the outbox. An import covers all revisions from `first_rev` to `rev`."""

    rev: int
    kind: str
    id: str
    first_rev: int | None
    counts: dict[str, int]
    by: str | None = None


class Registry:
    """`migrate` brings the file's tables up to date. Personal parts are sealed and opened here, nowhere else."""

    def __init__(self, path: Path, *, vault: Vault, migrate: Callable[[Engine], None]) -> None:
        self.engine = open_engine(path)
        self._vault = vault
        migrate(self.engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, kind: str, id_: str, *, by: str | None = None) -> Iterator["Writing"]:
        """One change or one stretch of an import (`kind` "import"): committed whole, with its line in the outbox, or not at
        all. Writers of all processes wait for each other."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.connection(execution_options={"begin": "BEGIN IMMEDIATE"})
            first = self._revision(session) + 1
            writing = Writing(session, first)
            yield writing
            if writing.touched:
                counts = msgspec.json.encode(writing.counts).decode()
                session.add(Outbox(rev=writing.rev, kind=kind, id=id_, first_rev=first, counts=counts, by=by))

    def revision(self) -> int:
        with self.read() as session:
            return self._revision(session)

    def outbox_after(self, rev: int, *, limit: int = 500) -> list[Change]:
        with self.read() as session:
            rows = session.scalars(select(Outbox).where(Outbox.rev > rev).order_by(Outbox.rev).limit(limit))
            return [Change(r.rev, r.kind, r.id, r.first_rev, msgspec.json.decode(r.counts or "{}"), r.by) for r in rows]

    def open(self, subject: str, sealed: bytes | None) -> dict[str, Any]:
        """The personal part; {} once erased."""
        return self._vault.open(subject, sealed, context="registry") or {}

    def seal(self, parts: Sequence[tuple[str, Mapping[str, Any]]]) -> list[bytes | None]:
        """The personal parts of these subjects, sealed; keys they lack are made in one go. None for who was erased."""
        self._vault.prepare([subject for subject, _ in parts])
        return [self._vault.seal(subject, plain, context="registry") for subject, plain in parts]

    def officers(self) -> list[tuple[OfficerRow, dict[str, Any]]]:
        with self.read() as session:
            rows = list(session.scalars(select(OfficerRow).order_by(OfficerRow.id)))
        return [(row, self.open(f"officer:{row.id}", row.sealed)) for row in rows]

    def leave_no_trace(self) -> None:
        """What was overwritten is gone from the file's write-ahead log too. Raises Refused(erase.unfinished), LogUnavailable."""
        pooled = self.engine.raw_connection()
        try:
            if (db := pooled.driver_connection) is not None:
                empty_wal(db)
        finally:
            pooled.close()

    def close(self) -> None:
        self.engine.dispose()

    @staticmethod
    def _revision(session: Session) -> int:
        return session.scalar(select(func.max(Outbox.rev))) or 0


class Writing:
    """An open write. `put` stores a row when it differs; every stored row gets the next revision."""

    def __init__(self, session: Session, first: int) -> None:
        self.session = session
        self.rev = first - 1
        self.counts = {"new": 0, "changed": 0, "same": 0}

    @property
    def touched(self) -> bool:
        return self.counts["new"] + self.counts["changed"] > 0

    def put(self, table: type[Table], id_: str, values: Mapping[str, Any]) -> None:
        self.put_many(table, [(id_, values)])

    def put_many(self, table: type[Table], rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Store rows of different ids in a few statements."""
        key = table.__mapper__.primary_key[0]
        held: dict[str, Table] = {}
        for ids in in_parts([id_ for id_, _ in rows]):
            held |= {getattr(row, key.name): row for row in self.session.scalars(select(table).where(key.in_(ids)))}
        fresh = []
        for id_, values in rows:
            row = held.get(id_)
            if row is None:
                fresh.append({key.name: id_, **values, "rev": self._next("new")})
            elif all(getattr(row, name) == value for name, value in values.items()):
                self.counts["same"] += 1
            else:
                for name, value in {**values, "rev": self._next("changed")}.items():
                    setattr(row, name, value)
        if fresh:
            self.session.execute(insert(Table.metadata.tables[table.__tablename__]), fresh)

    def touch(self) -> None:
        """Rows were removed: whoever holds what they said reads anew."""
        self._next("changed")

    def _next(self, what: str) -> int:
        self.counts[what] += 1
        self.rev += 1
        return self.rev


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many ids as one query takes, again and again."""
    return (ids[start : start + _IDS_A_QUERY] for start in range(0, len(ids), _IDS_A_QUERY))


def open_engine(path: Path) -> Engine:
    """A registry's file. What is committed is on disk at once, for the log speaks of its revisions. No
    error repeats the values it was given: they are people's."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": LOCK_WAIT_S}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """SQLAlchemy's own begin, not the driver's late one: a write holds its lock before it reads the revision."""
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
