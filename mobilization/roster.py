"""The roster: teams and the people who answer for them, as the registry has them at one revision. Plain values."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from geo import Trip
from mobilization.specialities import meets

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


class Roster:
    """`rev` is the registry's revision this was read at. `teams` in order of id."""

    def __init__(self, *, rev: int, teams: Sequence[RosterTeam], people: Mapping[str, Contact]) -> None:
        self.rev, self.people = rev, people
        self._by_held: dict[str, list[RosterTeam]] = {}
        for team in teams:
            self._by_held.setdefault(team.speciality, []).append(team)
        self._meeting: dict[str, tuple[RosterTeam, ...]] = {}
        self._nearest: dict[tuple[str, tuple[float, float]], tuple[Travel, list[tuple[RosterTeam, Trip]]]] = {}

    def teams(self) -> Iterator[RosterTeam]:
        """All of them, by speciality."""
        for some in self._by_held.values():
            yield from some

    def meeting(self, wanted: str) -> tuple[RosterTeam, ...]:
        """The teams whose speciality meets a need for this one."""
        found = self._meeting.get(wanted)
        if found is None:
            teams = [team for held, some in self._by_held.items() if meets(held, wanted) for team in some]
            found = self._meeting[wanted] = tuple(sorted(teams, key=lambda team: team.id))
        return found

    def nearest(self, wanted: str, place: tuple[float, float], travel: Travel) -> Sequence[tuple[RosterTeam, Trip]]:
        """The teams that meet a need with their trips to (lon, lat): the nearest first, whom no road leads there last, ties by id. Held as
        long as the way of travel is the same."""
        held = self._nearest.get((wanted, place))
        if held is not None and held[0] is travel:
            return held[1]
        teams = self.meeting(wanted)
        trips = travel([(team.lon, team.lat) for team in teams], place)
        found = sorted(zip(teams, trips, strict=True), key=lambda each: (not each[1].has_way, each[1].seconds, each[0].id))
        if len(self._nearest) >= _HELD_MOST:
            self._nearest.clear()
        self._nearest[wanted, place] = travel, found
        return found
