"""Gates: what must hold before anyone is called. Never a score; each refusal has one reason, in a fixed order."""

from collections.abc import Set

from command.core.facts import Look
from mobilization.roster import Contact, Roster, RosterTeam
from mobilization.specialities import SPECIALITIES
from mobilization.states import Person, Team

CHECKED = ("adult", "credential", "insured", "available", "not_engaged")
NOT_CHECKED = ("ppe_issued", "fit_declared", "rest_ok", "own_household_safe")
VERDICTS = dict.fromkeys(CHECKED, "checked") | dict.fromkeys(NOT_CHECKED, "not_checked")


def team_reason(team: RosterTeam, *, scope: str, left: int, look: Look) -> str | None:
    """Why this team cannot be called for a need with `left` seats, or None."""
    if not team.division.startswith(scope):
        return "other_division"
    state: Team | None = look(f"team:{team.id}")
    if state is not None:
        if state.engaged is not None:
            return "on_task"
        if state.open:
            return "called_now"
    return "crew_too_large" if team.minimum_crew > left else None


def person_reason(contact: Contact | None, *, speciality: str, asked: str, again: bool, look: Look, now_ms: int) -> str | None:
    """Why this person cannot be called, or None. `asked`: the round of the call-out; `again`: who was silent in it is asked
    a second time."""
    if contact is None:
        return "unknown_person"
    if contact.adult_from_ms is None or contact.adult_from_ms > now_ms:
        return "minor"
    credential = SPECIALITIES[speciality].credential if speciality in SPECIALITIES else None
    if credential is not None:
        if credential not in contact.credentials:
            return "credential_missing"
        if contact.credentials[credential] < now_ms:
            return "credential_expired"
    if contact.insured_until_ms is None or contact.insured_until_ms < now_ms:
        return "not_insured"
    state: Person | None = look(f"person:{contact.id}")
    return None if state is None else _state_reason(state, asked, again=again)


def _state_reason(state: Person, asked: str, *, again: bool) -> str | None:
    if not state.is_available:
        return "off_duty"
    if state.engaged is not None:
        return "on_task"
    if state.open:
        return "called_now"
    if asked in state.silent:
        return None if again else "silent"
    return "asked_already" if asked in state.asked else None


def first_on_ladder(
    team: RosterTeam, roster: Roster, *, asked: str, again: bool, taken: Set[str], look: Look, now_ms: int
) -> tuple[str | None, str]:  # fmt: skip
    """The first of leader and deputies who passes every gate and is not `taken` by this wave, and the first reason met."""
    first_reason = ""
    for person in team.ladder:
        reason = "called_now" if person in taken else person_reason(
            roster.people.get(person), speciality=team.speciality, asked=asked, again=again, look=look, now_ms=now_ms
        )  # fmt: skip
        if reason is None:
            return person, first_reason
        first_reason = first_reason or reason
    return None, first_reason or "no_leader"
