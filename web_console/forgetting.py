"""What the registry says of people whose key is destroyed: it goes too, whatever brought it back."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import select

from command.core.errors import Refused
from command.core.vault import Vault
from command.tiers.registry import Registry, in_parts
from mobilization.tables import PersonRow
from web_console.accounts.accounts import Accounts

PERSON = "person"


def forget(person: str, *, registry: Registry, accounts: Accounts) -> None:
    """Empty their row, end their sessions, let nobody sign in as them again. What they did stays, without a name."""
    with registry.write("people", person) as writing:
        if writing.session.get(PersonRow, person) is not None:
            writing.put(PersonRow, person, {"sealed": None})
    accounts.remove(kind=PERSON, subject=person)


def forget_erased(vault: Vault, *, registry: Registry, accounts: Accounts) -> None:
    """At every opening: a restore, or an erasure cut short, leaves rows of people whose key is gone."""
    erased = [subject.partition(":")[2] for subject in vault.erased() if subject.startswith(f"{PERSON}:")]
    held = dict.fromkeys([*_still_in_rows(registry, erased), *accounts.held_by(PERSON, erased)])
    for person in held:
        forget(person, registry=registry, accounts=accounts)
    if held:
        with contextlib.suppress(Refused):  # somebody reads on: its write-ahead log goes when the last of us closes it
            registry.leave_no_trace()


def _still_in_rows(registry: Registry, people: list[str]) -> Iterator[str]:
    with registry.read() as session:
        for some in in_parts(people):
            yield from session.scalars(select(PersonRow.id).where(PersonRow.id.in_(some), PersonRow.sealed.is_not(None)))
