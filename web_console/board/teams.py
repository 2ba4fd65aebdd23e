"""The teams of a division as the registry has them: what no event changes goes once by HTTP, the feed says which version is in force."""

import gzip
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import msgspec

from web_console.directory import Directory

TEAMS = "teams/known"
"""The item that says which version of the list a board shows."""


class TeamList(msgspec.Struct, frozen=True):
    """`packed`: the JSON as gzip; `version` changes with its content."""

    version: str
    teams: int
    packed: bytes


class TeamLists:
    """Lists by division, each made when it is first asked for, and again once the registry was read anew or a person erased."""

    def __init__(self, names: Callable[[], Directory]) -> None:
        self._names = names
        self._made_of: tuple[object, ...] = ()
        self._held: dict[str, TeamList] = {}

    def under(self, division: str) -> TeamList:
        names = self._names()
        made_of = (names.teams, names.stations, names.people)
        if len(self._made_of) != len(made_of) or any(a is not b for a, b in zip(self._made_of, made_of, strict=True)):
            self._made_of, self._held = made_of, {}
        found = self._held.get(division)
        if found is None:
            found = self._held[division] = _made(names, division)
        return found

    def forget(self) -> None:
        """Somebody was erased: no list with the name is given out from here on."""
        self._held = {}

    def item(self, division: str) -> dict[str, Any]:
        found = self.under(division)
        return {"version": found.version, "teams": found.teams}


def _made(names: Directory, division: str) -> TeamList:
    teams = [_team(names, team) for team in names.teams if names.teams[team].division.startswith(division)]
    content = msgspec.json.encode(teams)
    version = blake2b(content, digest_size=12).hexdigest()
    return TeamList(
        version, len(teams), gzip.compress(msgspec.json.encode({"version": version, "teams": msgspec.Raw(content)}), 6, mtime=0)
    )


def _team(names: Directory, team: str) -> dict[str, Any]:
    found = names.teams[team]
    station = names.stations.get(found.station)
    return {
        "id": team, "name": found.name, "speciality": found.speciality, "station": found.station, "division": found.division,
        "station_name": station.name if station else "", "lon": found.lon, "lat": found.lat, "size": found.size,
        "leader": found.leader, "leader_label": names.masked(found.leader), "leader_phone_label": names.masked_phone(found.leader),
        "simulated": found.simulated,
    }  # fmt: skip
