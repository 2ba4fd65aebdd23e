"""The roster: teams and the people who answer for them, as the registry has them at one revision. Plain values."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

import msgspec

from geo import Trip
from mobilization.specialities import credential_of, meets

Travel = Callable[[Sequence[tuple[float, float]], tuple[float, float]], Sequence[Trip]]
"""Trips from many (lon, lat) to one."""
_HELD_MOST = 512
"""Places whose nearest teams are held: those of the incidents that are called for now."""


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


class Fit(NamedTuple):
    """The time within which nothing that the registry knows of a person speaks against a call (epoch ms, both ends in it)."""

    since_ms: float
    until_ms: float


_NO_WAY_S = 10**9
_NEVER = Fit(inf, -inf)


class Roster:
    """`rev` is the registry's revision this was read at. `teams` in order of id."""

    def __init__(self, *, rev: int, teams: Sequence[RosterTeam], people: Mapping[str, Contact]) -> None:
        self.rev, self.people = rev, people
        self._by_held: dict[str, list[RosterTeam]] = {}
        for team in teams:
            self._by_held.setdefault(team.speciality, []).append(team)
        self._meeting: dict[str, _Meeting] = {}
        self._fits: dict[tuple[str, str], Fit] = {}
        self._near: dict[tuple[str, tuple[float, float], str], tuple[Travel, Near]] = {}

    def teams(self) -> Iterator[RosterTeam]:
        """All of them, by speciality."""
        for some in self._by_held.values():
            yield from some

    def meeting(self, wanted: str) -> tuple[RosterTeam, ...]:
        """The teams whose speciality meets a need for this one."""
        return self._met(wanted).teams

    def _met(self, wanted: str) -> "_Meeting":
        found = self._meeting.get(wanted)
        if found is None:
            teams = [team for held, some in self._by_held.items() if meets(held, wanted) for team in some]
            teams.sort(key=lambda team: team.id)
            found = self._meeting[wanted] = _Meeting(tuple(teams), tuple((team.lon, team.lat) for team in teams))
        return found

    def fit(self, person: str, speciality: str) -> Fit:
        """When this person may answer for a team of that speciality, by papers and age."""
        found = self._fits.get((person, speciality))
        if found is None:
            found = self._fits[person, speciality] = _fit(self.people.get(person), credential_of(speciality))
        return found

    def near(self, wanted: str, place: tuple[float, float], travel: Travel, *, division: str) -> "Near":
        """The teams that meet a need with their trips to (lon, lat). Held as long as the way of travel is the same."""
        held = self._near.get((wanted, place, division))
        if held is not None and held[0] is travel:
            return held[1]
        met = self._met(wanted)
        ranked = sorted(zip(met.teams, travel(met.bases, place), strict=True), key=_how_far)  # the sort is stable: ties by id
        near = Near(
            Ranked([each for each in ranked if each[0].division.startswith(division)]),
            tuple(team.id for team, _ in ranked if not team.division.startswith(division)),
        )
        if len(self._near) >= _HELD_MOST:
            self._near.clear()
        self._near[wanted, place, division] = travel, near
        return near


class _Meeting(NamedTuple):
    """Teams that meet a need, in order of id, and where they are based."""

    teams: tuple[RosterTeam, ...]
    bases: tuple[tuple[float, float], ...]


class Ranked:
    """Teams and their trips to one place: the nearest first, whom no road leads there last, ties by id. `ids`: the teams alone."""

    def __init__(self, rows: Sequence[tuple[RosterTeam, Trip]]) -> None:
        self.rows = rows
        self.ids = [team.id for team, _ in rows]
        self._ranks = {team: rank for rank, team in enumerate(self.ids)}

    def among(self, teams: Collection[str]) -> "Ranked":
        """Only these, in their order here; who is not here is left out."""
        return Ranked([self.rows[rank] for rank in sorted(self._ranks[team] for team in teams if team in self._ranks)])

    def with_first(self, teams: Collection[str]) -> "Ranked":
        """These at the beginning, then all others."""
        return Ranked([*self.among(teams).rows, *(each for each in self.rows if each[0].id not in teams)])


class Near(NamedTuple):
    """Those of a division, and the teams beyond it, which a call-out of that division does not reach."""

    within: Ranked
    beyond: tuple[str, ...]


def _how_far(each: tuple[RosterTeam, Trip]) -> int:
    """Whom no road leads there comes behind everybody else."""
    trip = each[1]
    return trip.seconds if trip.has_way else trip.seconds + _NO_WAY_S


def _fit(contact: Contact | None, credential: str | None) -> Fit:
    if contact is None or contact.adult_from_ms is None or contact.insured_until_ms is None:
        return _NEVER
    held_ms = inf if credential is None else contact.credentials.get(credential, -inf)
    return Fit(contact.adult_from_ms, min(held_ms, contact.insured_until_ms))
