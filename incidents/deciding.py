"""Decisions about an incident's life. What must see who is called (ending it, taking that back, its needs) is decided in
`mobilization`."""

from collections.abc import Iterator, Sequence

from command.core.errors import Refused
from command.core.facts import Authority, Fact, Look, Moment, Sealed
from command.tiers.authority import post_of, within
from command.tiers.divisions import covers, tier_of
from incidents.commands import (
    AddPhoto,
    ChangeSeverity,
    ChangeStage,
    DisposeIncident,
    RaiseIncident,
    Report,
    ReviewIncident,
    SetPlace,
    VerifyIncident,
)
from incidents.facts import (
    Disposed,
    Need,
    NeedsSet,
    PhotoAdded,
    Place,
    Raised,
    Reviewed,
    ServicesInformed,
    SeverityChanged,
    StageChanged,
    Verified,
)
from incidents.states import DISPOSALS, Incident, Stage

REVERSIBLE_MS = 24 * 3_600_000
_GRAVEST, _MILDEST = 1, 4
_ORDER = (Stage.REPORTED, Stage.VERIFIED, Stage.ACTING, Stage.STABILISED, Stage.DEMOBILISING)


def acts_on(authority: Authority | None, place: Place) -> str:
    """The acting post, in whose division some of the place must lie."""
    post = post_of(authority)
    return within(authority, post if place.touches(post) else place.path[-1])


def find(look: Look, incident: str) -> Incident:
    state = look(f"incident:{incident}")
    if not isinstance(state, Incident):
        raise Refused("incident.unknown", incident=incident)
    return state


def find_open(look: Look, incident: str) -> Incident:
    state = find(look, incident)
    if not state.is_open:
        raise Refused("incident.over", incident=incident, stage=state.stage.value)
    return state


def check_lead(post: str, state: Incident) -> None:
    """Once a post above has taken the lead, and where the incident reaches into others' divisions, those below act no more in its
    place."""
    if not covers(post, state.lead) and (state.lead_taken or state.place.reaches_beyond(post)):
        raise Refused("authority.lead", who_may=tier_of(state.lead).value)


def check_fresh(state: Incident, screen_position: int) -> None:
    """An edit is refused when the incident changed after the position its editor saw."""
    if state.changed_at > screen_position:
        raise Refused("stale", changed_at=state.changed_at)


def check_needs(needs: Sequence[Need]) -> None:
    for need in needs:
        if not 1 <= need.minimum <= need.maximum:
            raise Refused("need.bounds", speciality=need.speciality)
    if len({need.speciality for need in needs}) != len(needs):
        raise Refused("need.twice")


def raise_incident(look: Look, command: RaiseIncident, moment: Moment) -> Iterator[Fact | Sealed]:
    acts_on(moment.authority, command.place)
    if look(f"incident:{command.incident}") is not None:
        raise Refused("incident.exists")
    _check_severity(command.severity)
    check_needs(command.needs)
    raised = Raised(
        incident=command.incident, category=command.category, severity=command.severity, name=command.name,
        place=command.place, source=command.source, mode=command.mode, lead=command.lead,
    )  # fmt: skip
    yield _with_report(raised, command.report)
    if command.verify:
        yield Verified(incident=command.incident)
    if command.needs:
        yield NeedsSet(incident=command.incident, needs=command.needs)
    if command.informed:
        yield ServicesInformed(incident=command.incident, services=command.informed)


def _with_report(raised: Raised, report: Report | None) -> Fact | Sealed:
    said = {} if report is None else said_of(report)
    return Sealed(raised, f"incident:{raised.incident}", said) if said else raised


def said_of(report: Report | SetPlace) -> dict[str, object]:
    """What a report or a correction says beyond the public part: what was left out is not sealed."""
    names = (name for name in Report.__struct_fields__ if name in report.__struct_fields__)
    return {name: value for name in names if (value := getattr(report, name)) not in ("", None)}


def verify(look: Look, command: VerifyIncident, moment: Moment) -> Iterator[Fact]:
    state = find_open(look, command.incident)
    acts_on(moment.authority, state.place)
    if not state.verified:
        yield Verified(incident=state.id)


def staged(state: Incident, command: ChangeStage) -> Iterator[Fact]:
    """The fact of a new stage; who may is decided where calls are seen."""
    check_fresh(state, command.screen_position)
    if command.stage not in {stage.value for stage in _ORDER[2:]} or not state.verified:
        raise Refused("incident.stage", stage=state.stage.value)
    if command.stage != state.stage:
        yield StageChanged(incident=state.id, stage=command.stage)


def change_severity(look: Look, command: ChangeSeverity, moment: Moment) -> Iterator[Fact]:
    state = find_open(look, command.incident)
    check_lead(acts_on(moment.authority, state.place), state)
    check_fresh(state, command.screen_position)
    _check_severity(command.severity)
    if command.severity != state.severity:
        yield SeverityChanged(incident=state.id, severity=command.severity)


def disposed(state: Incident, command: DisposeIncident) -> Fact | Sealed:
    """The fact of a disposal; who may, and who must be told, is decided where calls are seen. Whom it was handed to, and why,
    is sealed."""
    if command.stage not in {stage.value for stage in DISPOSALS}:
        raise Refused("incident.stage", stage=command.stage)
    said = {name: value for name, value in (("reason", command.reason), ("to", command.to)) if value}
    fact = Disposed(incident=state.id, stage=command.stage)
    return Sealed(fact, f"incident:{state.id}", said) if said else fact


def check_reversible(state: Incident, moment: Moment) -> Stage:
    """The stage to which the last disposal or merge is taken back."""
    check_lead(acts_on(moment.authority, state.place), state)
    if state.stage_before is None or state.ended_ms is None:
        raise Refused("incident.not_reversible")
    if moment.now_ms - state.ended_ms > REVERSIBLE_MS:
        raise Refused("incident.too_late")
    return state.stage_before


def review(look: Look, command: ReviewIncident, moment: Moment) -> Iterator[Fact]:
    state = find(look, command.incident)
    acts_on(moment.authority, state.place)
    if state.stage is Stage.REVIEWED:
        return
    if state.stage is not Stage.CLOSED:
        raise Refused("incident.stage", stage=state.stage.value)
    yield Reviewed(incident=state.id)


def add_photo(look: Look, command: AddPhoto, moment: Moment) -> Iterator[Fact]:
    state = find(look, command.incident)
    acts_on(moment.authority, state.place)
    yield PhotoAdded(incident=state.id, photo=command.photo, mime=command.mime, size=command.size)


def _check_severity(severity: int) -> None:
    if not _GRAVEST <= severity <= _MILDEST:
        raise Refused("incident.severity", severity=severity)
