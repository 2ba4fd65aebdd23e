"""The registry's tables of people and teams. Names, telephones and birth dates are sealed under each person's key."""

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from command.tiers.tables import Table


class PersonRow(Table):
    """`station`: the one whose keeper keeps this person; "" for none. Times are milliseconds UTC; `credentials`: code -> valid until. `sealed`: name, phone, birth_date."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    station: Mapped[str] = mapped_column(default="", server_default="")
    adult_from_ms: Mapped[int | None]
    insured_until_ms: Mapped[int | None]
    credentials: Mapped[dict[str, int]] = mapped_column(JSON)
    simulated: Mapped[bool]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rev: Mapped[int]


class TeamRow(Table):
    """`ladder`: leader, then deputies in order. `lon`, `lat`: the base, WGS-84."""

    __tablename__ = "teams"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    speciality: Mapped[str]
    kind: Mapped[str]
    division: Mapped[str]
    station: Mapped[str] = mapped_column(default="")
    lon: Mapped[float]
    lat: Mapped[float]
    minimum_crew: Mapped[int]
    size: Mapped[int]
    ladder: Mapped[list[str]] = mapped_column(JSON)
    members: Mapped[list[str]] = mapped_column(JSON)
    simulated: Mapped[bool]
    rev: Mapped[int]
