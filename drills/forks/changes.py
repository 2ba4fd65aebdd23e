"""The one thing that is changed in a branch. Everything else goes on as it would."""

from collections.abc import Callable, Iterator
from math import cos, pi, sin
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta

from command.core.asks import Ask
from command.core.facts import Authority, Command, Look
from geo import Mode
from geo.plane import Plane
from incidents import CLOSURES, Incident, MarkZone
from mobilization import CallNextWave, Mobilization, mobilization_of
from mobilization.planning import Asking, Outlook, plan_wave
from mobilization.policies import command_for
from mobilization.roster import Contact, Roster, RosterTeam

_LOOK_AGAIN_MS = 6 * 3_600_000
_CORNERS = 16
_ON_ROADS: tuple[Mode, ...] = ("car", "e_bike", "foot")
FAR_MS = 4_102_444_800_000
"""2100: what is made up for a branch does not run out in it."""


Lon = Annotated[float, Meta(ge=-180, le=180)]
Lat = Annotated[float, Meta(ge=-85, le=85)]


class _Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="change"):
    pass


class Nothing(_Change, frozen=True, kw_only=True, tag="nothing"):
    """The course of events as it is."""


class NextWave(_Change, frozen=True, kw_only=True, tag="next_wave"):
    """The next wave is called now, so many offers more than would suffice. While there are places and those already asked may still say
    yes, it often helps nothing: its teams are farther, whoever says yes first has a place, and there are no more of them. So it is in
    earnest (ADR 0015). Once all places are promised it calls nobody."""

    incident: str
    more: Annotated[int, Meta(ge=1, le=100)] = 3


class MoreTeams(_Change, frozen=True, kw_only=True, tag="more_teams"):
    """So many more teams of a speciality stand ready there (WGS-84)."""

    speciality: str
    division: str
    lon: Lon
    lat: Lat
    count: Annotated[int, Meta(ge=1, le=50)] = 2
    size: Annotated[int, Meta(ge=1, le=100)] = 6


class Shut(_Change, frozen=True, kw_only=True, tag="shut"):
    """The roads within this circle are closed: a bridge, a tunnel."""

    incident: str
    lon: Lon
    lat: Lat
    radius_m: Annotated[float, Meta(ge=5, le=5_000)] = 60


Change = Nothing | NextWave | MoreTeams | Shut
AS_IT_IS = Nothing()
Ready = Callable[[], Outlook]


def with_more(roster: Roster, change: Change) -> Roster:
    """The roster as it is in the branch."""
    if not isinstance(change, MoreTeams):
        return roster
    extra = [
        RosterTeam(
            id=f"more-{n:03d}", speciality=change.speciality, division=change.division, lon=change.lon, lat=change.lat,
            size=change.size, minimum_crew=min(2, change.size), ladder=(f"more-{n:03d}-leader",),
        )
        for n in range(change.count)
    ]  # fmt: skip
    contact = {
        team.ladder[0]: Contact(
            id=team.ladder[0], adult_from_ms=0, insured_until_ms=FAR_MS, credentials={change.speciality: FAR_MS}, simulated=True
        )
        for team in extra
    }
    return Roster(rev=roster.rev, teams=[*roster.teams(), *extra], people={**roster.people, **contact})


def asks_for(change: Change, *, look: Look, outlook: Ready, now_ms: int) -> Iterator[Ask]:
    """What somebody orders in the branch at its very beginning, under the authority of who leads."""
    if isinstance(change, NextWave):
        state = look(f"mobilization:{mobilization_of(change.incident)}")
        incident = look(f"incident:{change.incident}")
        if isinstance(state, Mobilization) and isinstance(incident, Incident):
            ready = outlook()
            plan = plan_wave(state, incident, ready, Asking(look, now_ms=now_ms, wave_id=f"fork-{now_ms}", more=change.more))
            if plan.calls:
                command = command_for(state, plan, rev=ready.roster.rev, cause=f"fork-{now_ms}", keep=_nowhere, kind=CallNextWave)
                yield _ask(command, incident)
    elif isinstance(change, Shut):
        incident = look(f"incident:{change.incident}")
        if isinstance(incident, Incident):
            mark = MarkZone(
                zone="fork-shut", kind="closure", what=CLOSURES[-1], ring=_circle(change), divisions=incident.place.path[1:], shuts=_ON_ROADS,
                look_again_ms=now_ms + _LOOK_AGAIN_MS, incident=incident.id,
            )  # fmt: skip
            yield _ask(mark, incident)


def _ask(command: Command, incident: Incident) -> Ask:
    return Ask(
        command=command, actor="simulated:what-if", command_id=f"what-if/{type(command).__name__}",
        authority=Authority(post=incident.lead, role="duty_officer"),
    )  # fmt: skip


def _nowhere(_name: str, _subject: str, _plain: bytes) -> None:
    """A branch keeps no list of who was not called: its counts stand in its log."""


def _circle(change: Shut) -> tuple[tuple[float, float], ...]:
    turns = [2 * pi * n / _CORNERS for n in range(_CORNERS)]
    metres = np.array([[change.radius_m * cos(turn), change.radius_m * sin(turn)] for turn in turns])
    return tuple((round(float(lon), 6), round(float(lat), 6)) for lon, lat in Plane(change.lon, change.lat).degrees(metres))
