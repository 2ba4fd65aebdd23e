"""Erasing on request a person, an incident or a response: the key is destroyed, and with it every private part in every copy."""

from command.core.asks import Receipt
from command.core.errors import Refused
from mobilization.tables import PersonRow
from web_console.forgetting import PERSON, forget
from web_console.house import House

_OF_THE_LOG = ("incident", "response", "reply", "watch_leader", "zone")


async def erase(house: House, subject: str) -> Receipt:
    """`subject`: `person:ID`, `incident:ID`, `response:ID`, `reply:ID`, `watch_leader:ID` or `zone:ID`. An erased person can no longer sign in or be called. What was
    done stays.

    Raises Refused(erase.unknown) when the realm knows no such subject; then nothing happened. Refused(erase.unfinished) asks
    to do it again: somebody read on and on.
    """
    kind, _, name = subject.partition(":")
    known = house.core.world.look(subject) is not None if kind in _OF_THE_LOG else _is_person(house, kind, name)
    if not known:
        raise Refused("erase.unknown", subject=subject)
    receipt = await house.erase(subject)
    if kind == PERSON:
        forget(name, registry=house.registry, accounts=house.accounts)
        house.registry.leave_no_trace()
    return receipt


def _is_person(house: House, kind: str, name: str) -> bool:
    with house.registry.read() as session:
        return kind == PERSON and session.get(PersonRow, name) is not None
