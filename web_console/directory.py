"""Names for ids: read from the registry, joined only where a frame or page is rendered.

People appear masked (王*) unless the screen's rule says otherwise.
"""

from collections.abc import Mapping
from typing import Protocol

import msgspec


class StationName(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    tier: str
    division: str
    lon: float
    lat: float
    radius_m: int


class SavedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place of public life that is often meant: a school, a bridge, a market."""

    id: str
    name: str
    division: str
    lon: float
    lat: float


class TeamName(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    speciality: str
    division: str
    station: str
    lon: float
    lat: float
    size: int
    leader: str
    deputies: tuple[str, ...]
    simulated: bool


class PersonName(msgspec.Struct, frozen=True, kw_only=True):
    """`name` and `phone` are None once the person's key is destroyed."""

    id: str
    name: str | None
    phone: str | None
    division: str
    simulated: bool


class OfficerName(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    role: str
    post: str
    station: str = ""


class People(Protocol):
    """People by id; None for whom the registry does not know."""

    def get(self, person: str, /) -> PersonName | None: ...


class Directory(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a screen needs to put names to ids. `teams_of`: the teams of everyone who is in any;
    `stations_in`: the stations of a township, by its code; `duty_numbers`: what a post itself is rung on, by its division."""

    divisions: Mapping[str, str]
    stations: Mapping[str, StationName]
    stations_in: Mapping[str, tuple[str, ...]]
    teams: Mapping[str, TeamName]
    teams_of: Mapping[str, tuple[str, ...]]
    people: People
    officers: Mapping[str, OfficerName]
    duty_numbers: Mapping[str, tuple[str, ...]]

    def division(self, code: str) -> str:
        return self.divisions.get(code, code)

    def path(self, codes: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"code": code, "name": self.division(code)} for code in codes]

    def team(self, team: str) -> str:
        found = self.teams.get(team)
        return found.name if found else team

    def masked(self, person: str) -> str:
        found = self.people.get(person)
        return mask(found.name) if found and found.name else "—"

    def masked_phone(self, person: str) -> str:
        """138****5521; "" where none is known."""
        found = self.people.get(person)
        return mask_phone(found.phone) if found and found.phone else ""

    def actor(self, actor: str) -> dict[str, str]:
        """Who did it, for the timeline: officers by full name, people masked, the system by its part."""
        kind, _, name = actor.partition(":")
        if kind == "officer" and name in self.officers:
            return {"kind": kind, "label": self.officers[name].name}
        if kind == "person":
            return {"kind": kind, "label": self.masked(name)}
        return {"kind": "system", "label": name or kind}


def mask(name: str) -> str:
    """王小明 -> 王*; a Latin name keeps its initial."""
    return f"{name[:1]}*" if name else "—"


def mask_phone(phone: str) -> str:
    """13800005521 -> 138****5521."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"  # noqa: PLR2004 -- what stays in sight
