"""Gates: what must hold before anyone is called. Never a score; each refusal has one reason, in a fixed order."""

from collections.abc import Container, Set

from command.core.facts import Look
from mobilization.roster import Contact, Roster, RosterTeam
from mobilization.specialities import credential_of
from mobilization.states import Person, Team

CHECKED = ("adult", "credential", "insured", "available", "not_engaged")
NOT_CHECKED = ("ppe_issued", "fit_declared", "rest_ok", "own_household_safe")
VERDICTS = dict.fromkeys(CHECKED, "checked") | dict.fromkeys(NOT_CHECKED, "not_checked")


def team_reason(team: RosterTeam, *, left: int, look: Look) -> str | None:
    """Why this team cannot be called for a need with `left` seats, or None."""
    state: Team | None = look(f"team:{team.id}")
    if state is not None:
        if state.engaged is not None:
            return "on_task"
        if state.open:
            return "called_now"
    return "crew_too_large" if team.minimum_crew > left else None


def registry_reason(contact: Contact | None, *, speciality: str, now_ms: int) -> str:
    """What of a person's papers speaks against a call, where something does."""
    if contact is None:
        return "unknown_person"
    if contact.adult_from_ms is None or contact.adult_from_ms > now_ms:
        return "minor"
    credential = credential_of(speciality)
    if credential is not None and credential not in contact.credentials:
        return "credential_missing"
    if credential is not None and contact.credentials[credential] < now_ms:
        return "credential_expired"
    return "not_insured"


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


class Gates:
    """Who of a team may be called, at one moment, for one round of a call-out. `asked`: the round; `again`: who was silent in it is asked
    a second time; `waiting`: teams that stand by, called again although they were asked: they said yes; `taken`: people this wave calls."""

    def __init__(
        self, roster: Roster, look: Look, now_ms: int, *, asked: str, again: bool, waiting: Container[str], taken: Set[str]
    ) -> None:  # fmt: skip
        self._roster, self.look, self._now_ms = roster, look, now_ms
        self._asked, self._again, self._waiting, self._taken = asked, again, waiting, taken

    def first(self, team: RosterTeam) -> tuple[str | None, str]:
        """The first of leader and deputies who passes every gate, and the first reason met."""
        asked = "" if team.id in self._waiting else self._asked
        first_reason = ""
        for person in team.ladder:
            reason = "called_now" if person in self._taken else self._reason(person, team.speciality, asked)
            if reason is None:
                return person, first_reason
            first_reason = first_reason or reason
        return None, first_reason or "no_leader"

    def _reason(self, person: str, speciality: str, asked: str) -> str | None:
        since_ms, until_ms = self._roster.fit(person, speciality)
        if not since_ms <= self._now_ms <= until_ms:
            return registry_reason(self._roster.people.get(person), speciality=speciality, now_ms=self._now_ms)
        state: Person | None = self.look(f"person:{person}")
        return None if state is None else _state_reason(state, asked, again=self._again)
