"""The registry's own tables: divisions, stations, officers; revisions and the outbox every write goes through.

Personal values lie in `sealed`, under the person's own vault key, so that destroying the key empties backups too.
"""

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """The one metadata of a realm's registry; rooms above add their tables to it."""


class Outbox(Table):
    """Each change by its revision; relayed into the log as `registry.changed`. `kind` import: one row for a whole file;
    `by`: the actor who brought it, where it was not the terminal."""

    __tablename__ = "outbox"
    rev: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    id: Mapped[str]
    first_rev: Mapped[int | None]
    counts: Mapped[str | None]
    by: Mapped[str | None]


class DivisionRow(Table):
    __tablename__ = "divisions"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    rev: Mapped[int]


class StationRow(Table):
    __tablename__ = "stations"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    tier: Mapped[str]
    division: Mapped[str] = mapped_column(ForeignKey("divisions.code"))
    lon: Mapped[float]
    lat: Mapped[float]
    radius_m: Mapped[int]
    rev: Mapped[int]


class SavedPlaceRow(Table):
    """A place of public life by the name people call it (常用地点). Never a private home."""

    __tablename__ = "saved_places"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    division: Mapped[str] = mapped_column(ForeignKey("divisions.code"))
    lon: Mapped[float]
    lat: Mapped[float]
    rev: Mapped[int]


class PostRow(Table):
    """What a command post itself is rung on (值班电话), whoever is on watch: numbers of an office, nobody's own."""

    __tablename__ = "posts"
    division: Mapped[str] = mapped_column(ForeignKey("divisions.code"), primary_key=True)
    phones: Mapped[list[str]] = mapped_column(JSON)
    rev: Mapped[int]


class OfficerRow(Table):
    """`post` is the division whose command post the officer serves. `sealed`: name, phone."""

    __tablename__ = "officers"
    id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    post: Mapped[str] = mapped_column(ForeignKey("divisions.code"))
    station: Mapped[str] = mapped_column(default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rev: Mapped[int]
