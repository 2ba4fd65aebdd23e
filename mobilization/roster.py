"""The roster: teams and the people who answer for them, as the registry has them at one revision. Plain values."""

from collections.abc import Mapping

import msgspec


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who can be called. Times are when a condition begins or ends to hold; None: never known."""

    id: str
    adult_from_ms: int | None
    insured_until_ms: int | None
    credentials: Mapping[str, int]
    simulated: bool = False


class RosterTeam(msgspec.Struct, frozen=True, kw_only=True):
    """A team at its base. `ladder`: leader, then deputies in order."""

    id: str
    speciality: str
    division: str
    lon: float
    lat: float
    size: int
    minimum_crew: int
    ladder: tuple[str, ...]


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """`rev` is the registry's revision this was read at."""

    rev: int
    teams: tuple[RosterTeam, ...]
    people: Mapping[str, Contact]
