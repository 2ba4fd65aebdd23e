"""The roster: teams and the people who answer for them, as the registry has them at one revision. Plain values."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mobilization.specialities import meets


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
