"""How each act of a drill is done: the commands a duty officer, a crew or a controller would give. None: not yet, try again."""

from collections.abc import Callable, Iterator, Mapping
from math import cos, pi, sin
from typing import Any

import numpy as np

from command.core.facts import Command, Look
from drills.conduct import Drill, StopDrill
from drills.conduct.facts import KEY
from drills.scenario import acts
from drills.staging import LonLat, Staged
from geo import Mode
from geo.plane import Plane
from incidents import (
    ByOrder,
    ChangeLevel,
    ChangeWarning,
    ChangeZone,
    EndResponse,
    Ground,
    Incident,
    IssueWarning,
    MarkZone,
    Need,
    PassLead,
    RaiseIncident,
    Report,
    StartResponse,
    Warned,
    Zone,
    default_lead,
    place_for,
)
from mobilization import (
    AcknowledgeDanger,
    CloseIncident,
    CloseRoll,
    GiveOrder,
    Mobilization,
    OpenRoll,
    OrderCall,
    RaiseAndOrder,
    RaiseSos,
    ReportDanger,
    ResolveSos,
    Sos,
    StandDown,
    TakeSos,
    mobilization_of,
)
from mobilization.states import Call, CallState

_CORNERS = 24
_MINUTE_MS = 60_000
_LOOK_AGAIN_MS = 3_600_000
ORDER_DUE_MIN = 3
ON_ROADS: tuple[Mode, ...] = ("car", "e_bike", "foot")
EVERYWHERE: tuple[Mode, ...] = (*ON_ROADS, "boat")
Commands = Iterator[Command] | None


class Desk:
    """What the simulated desks see: the states of the engine, the ground, the drill."""

    def __init__(self, staged: Staged, look: Look, ground: Ground, channels: tuple[str, ...]) -> None:
        self.staged, self.look, self.ground, self.channels = staged, look, ground, channels

    def incident(self, name: str) -> Incident | None:
        """The incident that the drill calls so, once somebody raised it."""
        drill = self.look(KEY)
        bound = drill.bound.get(name, "") if isinstance(drill, Drill) else ""
        state = self.look(f"incident:{bound}")
        return state if isinstance(state, Incident) else None

    def calls(self, name: str) -> list[Call]:
        """Of the incident's call-out, in order of id."""
        incident = self.incident(name)
        state = self.look(f"mobilization:{mobilization_of(incident.id)}") if incident is not None else None
        parts = sorted(state.parts) if isinstance(state, Mobilization) else []
        return [call for part in parts if isinstance(call := self.look(f"call:{part}"), Call)]

    def on_spot(self, name: str) -> Call | None:
        """The crew that was there first."""
        there = [call for call in self.calls(name) if call.state is CallState.ARRIVED]
        return min(there, key=lambda call: (call.answered_ms or 0, call.id), default=None)

    def place(self, name: str) -> LonLat:
        return self.staged.spots[self.staged.scenario.incidents[name].spot]

    def actor_of(self, command: Command) -> str:
        """Who of the volunteers does it himself; empty: an officer does."""
        if isinstance(command, ReportDanger):
            call = self.look(f"call:{command.call}")
            return call.person if isinstance(call, Call) else ""
        return command.person if isinstance(command, RaiseSos) else ""


def _order(body: str) -> ByOrder:
    return ByOrder(body=body, oral=True)


def _needs(rows: tuple[tuple[str, int, int, int], ...], now_ms: int) -> tuple[Need, ...]:
    return tuple(Need(speciality=s, minimum=low, maximum=high, by_ms=now_ms + by * _MINUTE_MS) for s, low, high, by in rows)


def _raise(desk: Desk, act: acts.RaiseIt, now_ms: int) -> Commands:
    setting = desk.staged.scenario.incidents[act.incident]
    lon, lat = desk.place(act.incident)
    place = place_for(desk.ground, lon, lat, township=None, private_home=False)
    raising = RaiseIncident(
        incident=f"drill-{act.incident}", category=setting.category, severity=setting.severity, name=setting.zh, place=place,
        source="phone", mode="EMERGENCY", lead=default_lead(place), needs=_needs(setting.needs, now_ms), report=Report(words=setting.zh),
    )  # fmt: skip
    if act.call and setting.needs:
        return iter((RaiseAndOrder(raising=raising, mobilization=mobilization_of(raising.incident), channels=desk.channels),))
    return iter((raising,))


def _call_out(desk: Desk, act: acts.CallOut, now_ms: int) -> Commands:
    incident = desk.incident(act.incident)
    if incident is None:
        return None
    fresh = {need.speciality: need for need in _needs(act.needs, now_ms)}
    needs = (*(need for need in incident.needs if need.speciality not in fresh), *fresh.values())
    return iter((
        OrderCall(mobilization=mobilization_of(incident.id), incident=incident.id, needs=needs, channels=desk.channels),
    ))  # fmt: skip


def _respond(desk: Desk, act: acts.Respond, _now_ms: int) -> Commands:
    return iter((
        StartResponse(
            response=act.response, division=desk.staged.posts[act.by], category=act.category, level=act.level, item=act.item,
            term_h=act.term_h, measures=act.measures, by_order=_order(act.body),
        ),
    ))  # fmt: skip


def _level(_desk: Desk, act: acts.SetLevel, _now_ms: int) -> Commands:
    return iter((ChangeLevel(response=act.response, level=act.level, reason=act.body, by_order=_order(act.body)),))


def _end_response(_desk: Desk, act: acts.EndResponding, _now_ms: int) -> Commands:
    return iter((EndResponse(response=act.response, reason=act.body, by_order=_order(act.body)),))


def _take_lead(desk: Desk, act: acts.TakeLead, _now_ms: int) -> Commands:
    incident = desk.incident(act.incident)
    if incident is None:
        return None
    return iter((PassLead(incident=incident.id, act="take_over", by_order=_order(act.body), reason=act.body),))


def _circle(at: LonLat, radius_m: float) -> tuple[LonLat, ...]:
    turns = [2 * pi * n / _CORNERS for n in range(_CORNERS)]
    metres = np.array([[radius_m * cos(turn), radius_m * sin(turn)] for turn in turns])
    return tuple((round(float(lon), 6), round(float(lat), 6)) for lon, lat in Plane(*at).degrees(metres))


def _mark(desk: Desk, act: acts.Mark, now_ms: int) -> Commands:
    incident = desk.incident(act.incident)
    if incident is None:
        return None
    ring = _circle(desk.staged.spots[act.spot] if act.spot else desk.place(act.incident), act.radius_m)
    touched = desk.ground.touched(ring)
    shuts = ON_ROADS if act.kind == "closure" else EVERYWHERE
    return iter((
        MarkZone(
            zone=act.zone, kind=act.kind, what=act.what, ring=ring, divisions=touched.divisions if touched else incident.place.path[1:],
            shuts=shuts, look_again_ms=now_ms + _LOOK_AGAIN_MS, incident=incident.id,
        ),
    ))  # fmt: skip


def _widen(desk: Desk, act: acts.Widen, now_ms: int) -> Commands:
    zone = desk.look(f"zone:{act.zone}")
    if not isinstance(zone, Zone) or zone.over:
        return None
    middle = tuple(float(each) for each in np.mean(np.array(zone.ring), axis=0))
    ring = _circle((middle[0], middle[1]), act.radius_m)
    touched = desk.ground.touched(ring)
    return iter((
        ChangeZone(
            zone=act.zone, ring=ring, divisions=touched.divisions if touched else zone.divisions, shuts=zone.shuts,
            look_again_ms=now_ms + _LOOK_AGAIN_MS,
        ),
    ))  # fmt: skip


def _tell(desk: Desk, act: acts.Tell, _now_ms: int) -> Commands:
    incident = desk.incident(act.incident)
    if incident is None or not any(call.seated for call in desk.calls(act.incident)):
        return None
    return iter((
        GiveOrder(order=act.order, incident=incident.id, kind=act.kind, words=act.words, due_min=ORDER_DUE_MIN),
    ))  # fmt: skip


def _roll(desk: Desk, act: acts.Roll, _now_ms: int) -> Commands:
    incident = desk.incident(act.incident)
    if incident is None or not any(call.state in (CallState.SET_OUT, CallState.ARRIVED) for call in desk.calls(act.incident)):
        return None
    return iter((OpenRoll(incident=incident.id, due_min=act.due_min),))


def _of_incident(make: Callable[[Incident, Any], Command]) -> Callable[[Desk, Any, int], Commands]:
    """An act that needs nothing but the incident."""

    def perform(desk: Desk, act: Any, _now_ms: int) -> Commands:
        incident = desk.incident(act.incident)
        return None if incident is None else iter((make(incident, act),))

    return perform


def _close(desk: Desk, act: acts.Close, _now_ms: int) -> Commands:
    """Not before everybody is back."""
    incident = desk.incident(act.incident)
    state = desk.look(f"mobilization:{mobilization_of(incident.id)}") if incident is not None else None
    if incident is None or (isinstance(state, Mobilization) and state.out):
        return None
    return iter((CloseIncident(incident=incident.id),))


def _warn(desk: Desk, act: acts.Warn, now_ms: int) -> Commands:
    expires_ms = now_ms + act.hours * 60 * _MINUTE_MS
    divisions = (desk.staged.posts[act.by],)
    state = desk.look(f"warning:{act.warning}")
    if isinstance(state, Warned):
        return iter((ChangeWarning(warning=act.warning, level=act.level, divisions=divisions, expires_ms=expires_ms),))
    return iter((
        IssueWarning(
            warning=act.warning, kind=act.kind, level=act.level, divisions=divisions, issuer=desk.staged.scenario.zh,
            issued_ms=now_ms, expires_ms=expires_ms,
        ),
    ))  # fmt: skip


def _danger(desk: Desk, act: acts.Danger, _now_ms: int) -> Commands:
    crew = desk.on_spot(act.incident)
    if crew is None:
        return None
    return iter((ReportDanger(danger=f"danger-{act.incident}-{act.kind}", call=crew.id, kind=act.kind, words=act.words),))


def _hear_danger(desk: Desk, act: acts.HearDanger, _now_ms: int) -> Commands:
    heard = [f"danger-{act.incident}-{kind}" for kind in _dangers_told(desk, act.incident)]
    standing = [each for each in heard if desk.look(f"danger:{each}") is not None]
    return iter([AcknowledgeDanger(danger=each) for each in standing]) if standing else None


def _dangers_told(desk: Desk, incident: str) -> list[str]:
    told = (act for inject in desk.staged.scenario.injects for act in inject.acts if isinstance(act, acts.Danger))
    return [act.kind for act in told if act.incident == incident]


def _sos(desk: Desk, act: acts.Sos, _now_ms: int) -> Commands:
    crew = desk.on_spot(act.incident)
    if crew is None:
        return None
    return iter((RaiseSos(person=crew.person, division=crew.division, call=crew.id, words=act.words),))


def _take_sos(desk: Desk, act: acts.TakeIt, _now_ms: int) -> Commands:
    for call in desk.calls(act.incident):
        sos = desk.look(f"sos:{call.person}")
        if isinstance(sos, Sos) and sos.is_open:
            return iter((TakeSos(person=call.person), ResolveSos(person=call.person, words=act.words)))
    return None


def _stop(_desk: Desk, act: acts.Stop, _now_ms: int) -> Commands:
    return iter((StopDrill(words=act.words),))


def _outside(_desk: Desk, _act: Any, _now_ms: int) -> Commands:
    """What happens to the simulated world: those who are simulated in it read it from the log (`drills.disturbed`)."""
    return iter(())


PERFORM: Mapping[type[acts.Act], Callable[[Desk, Any, int], Commands]] = {
    acts.RaiseIt: _raise,
    acts.CallOut: _call_out,
    acts.Respond: _respond,
    acts.SetLevel: _level,
    acts.EndResponding: _end_response,
    acts.TakeLead: _take_lead,
    acts.Mark: _mark,
    acts.Widen: _widen,
    acts.Tell: _tell,
    acts.Roll: _roll,
    acts.EndRoll: _of_incident(lambda incident, act: CloseRoll(incident=incident.id, reason=act.reason)),
    acts.Finish: _of_incident(lambda incident, _: StandDown(mobilization=mobilization_of(incident.id))),
    acts.Close: _close,
    acts.Warn: _warn,
    acts.TakeIt: _take_sos,
    acts.Danger: _danger,
    acts.HearDanger: _hear_danger,
    acts.Sos: _sos,
    acts.Silence: _outside,
    acts.FailChannel: _outside,
    acts.RadioOut: _outside,
    acts.Stop: _stop,
}
