"""Who may bind a phone to a person, how many, and what a self-test proves."""

from collections.abc import Iterator, Mapping

from command.core.errors import Refused
from command.core.facts import Command, Decide, Fact, Look, Moment
from command.tiers.authority import within
from mobilization.finding import person_of
from mobilization.phones.commands import BindPhone, LinkPhone, ReportTest, UnbindPhone
from mobilization.phones.facts import PhoneBound, PhoneLinkMade, PhoneTested, PhoneUnbound
from mobilization.phones.states import PHONES_MOST, bound

TERMINAL = "terminal"
KEEPER = "keeper"


def link(look: Look, command: LinkPhone, moment: Moment) -> Iterator[Fact]:
    """By the posts of the person's division, by the keeper of a team's station, or at the server's own terminal."""
    _check_may(command, moment)
    if len(bound(person_of(look, command.person).phones)) >= PHONES_MOST:
        raise Refused("phone.most", most=PHONES_MOST)
    yield PhoneLinkMade(person=command.person)


def bind(look: Look, command: BindPhone, _moment: Moment) -> Iterator[Fact]:
    """Whoever holds the link is let in; used twice at once it is the same phone."""
    phones = bound(person_of(look, command.person).phones)
    if any(each.id == command.phone for each in phones):
        return
    if len(phones) >= PHONES_MOST:
        raise Refused("phone.most", most=PHONES_MOST)
    yield PhoneBound(person=command.person, phone=command.phone)


def unbind(look: Look, command: UnbindPhone, moment: Moment) -> Iterator[Fact]:
    if moment.actor != f"person:{command.person}":
        _check_may(command, moment)
    if any(each.id == command.phone for each in bound(person_of(look, command.person).phones)):
        yield PhoneUnbound(person=command.person, phone=command.phone)


def report_test(look: Look, command: ReportTest, moment: Moment) -> Iterator[Fact]:
    """Heard or felt: either wakes somebody. A notice on the screen alone does not."""
    if moment.actor != f"person:{command.person}":
        raise Refused("phone.not_yours")
    if command.phone and all(each.id != command.phone for each in person_of(look, command.person).phones):
        raise Refused("phone.not_yours")
    yield PhoneTested(
        person=command.person, phone=command.phone, heard=command.heard, felt=command.felt, notified=command.notified,
        ok=command.heard or command.felt,
    )  # fmt: skip


def _check_may(command: LinkPhone | UnbindPhone, moment: Moment) -> None:
    if moment.actor == TERMINAL:
        return
    if moment.authority is not None and moment.authority.role == KEEPER:
        if not command.station or command.station not in command.stations:
            raise Refused("phone.station")
        return
    within(moment.authority, command.division)


PHONE_DECIDERS: Mapping[type[Command], Decide] = {LinkPhone: link, BindPhone: bind, UnbindPhone: unbind, ReportTest: report_test}
