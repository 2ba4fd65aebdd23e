"""Gates: what must hold before anyone is called. Never a score; each refusal has one reason, in a fixed order."""

from command.core.facts import Look
from mobilization.finding import person_of, team_of
from mobilization.roster import Contact, Roster, RosterTeam
from mobilization.specialities import SPECIALITIES, meets

CHECKED = ("adult", "credential", "insured", "available", "not_engaged")
NOT_CHECKED = ("ppe_issued", "fit_declared", "rest_ok", "own_household_safe")
VERDICTS = dict.fromkeys(CHECKED, "checked") | dict.fromkeys(NOT_CHECKED, "not_checked")


def team_reason(team: RosterTeam, *, speciality: str, scope: str, look: Look) -> str | None:
    """Why this team cannot be called for the need, or None. `other_speciality` is not worth a line in a why-not list."""
    if not meets(team.speciality, speciality):
        return "other_speciality"
    if not team.division.startswith(scope):
        return "other_division"
    state = team_of(look, team.id)
    if state.engaged is not None:
        return "on_task"
    return "called_now" if state.open else None


def person_reason(contact: Contact | None, *, team: RosterTeam, mobilization: str, look: Look, now_ms: int) -> str | None:
    """Why this person cannot be called, or None."""
    if contact is None:
        return "unknown_person"
    state = person_of(look, contact.id)
    credential = SPECIALITIES[team.speciality].credential if team.speciality in SPECIALITIES else None
    checks = (
        ("minor", contact.adult_from_ms is None or contact.adult_from_ms > now_ms),
        ("credential_missing", credential is not None and credential not in contact.credentials),
        ("credential_expired", credential is not None and contact.credentials.get(credential, 0) < now_ms),
        ("not_insured", contact.insured_until_ms is None or contact.insured_until_ms < now_ms),
        ("off_duty", not state.is_available(now_ms)),
        ("on_task", state.engaged is not None),
        ("called_now", bool(state.open)),
        ("asked_already", mobilization in state.asked and not team_of(look, team.id).standby),
    )
    return next((reason for reason, failed in checks if failed), None)


def first_on_ladder(
    team: RosterTeam, roster: Roster, *, mobilization: str, look: Look, now_ms: int
) -> tuple[str | None, str]:  # fmt: skip
    """The first of leader and deputies who passes every gate, and the reason of the first who does not."""
    first_reason = ""
    for person in team.ladder:
        contact = roster.people.get(person)
        reason = person_reason(contact, team=team, mobilization=mobilization, look=look, now_ms=now_ms)
        if reason is None:
            return person, first_reason
        first_reason = first_reason or reason
    return None, first_reason or "no_leader"
