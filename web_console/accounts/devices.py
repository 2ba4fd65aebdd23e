"""Phones that sign in without a password: bound by a link that is good once, for a day. Only hashes are kept.

Which phones are bound is said by the log; a row here only lets a token stand for one of them.
"""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select

from command.core.chance import Chance
from command.core.errors import Refused
from command.tiers.registry import Registry, in_parts
from mobilization import LINK_MS, SESSION_MS
from web_console.accounts.tables import DeviceLinkRow, DeviceRow

_CODE_BYTES = 16
_NAME_LETTERS = 16


class Link(NamedTuple):
    """What a valid link stands for: a person, and the name its phone will have in the log."""

    person: str
    phone: str


class Devices:
    """Of one realm. `forget`: whoever holds what a token stands for reads it anew."""

    def __init__(self, registry: Registry, *, chance: Chance, forget: Callable[[], None]) -> None:
        self._registry, self._chance, self._forget = registry, chance, forget

    def invite(self, person: str, *, now_ms: int) -> str:
        """The code of a link, in place of any earlier one of theirs. It is never seen again."""
        code = b32encode(self._chance.bytes(_CODE_BYTES)).decode().rstrip("=").lower()
        gone = (DeviceLinkRow.person == person) | (DeviceLinkRow.expires_ms < now_ms)
        with self._registry.read() as session, session.begin():
            session.execute(delete(DeviceLinkRow).where(gone))
            session.add(DeviceLinkRow(code_hash=_hash(code), person=person, expires_ms=now_ms + LINK_MS))
        return code

    def look_at(self, code: str, *, now_ms: int) -> Link:
        """What the link stands for; refused when it is wrong, used or too old."""
        code_hash = _hash(code)
        with self._registry.read() as session:
            found = session.get(DeviceLinkRow, code_hash)
        if found is None or found.expires_ms <= now_ms:
            raise Refused("session.link")
        return Link(found.person, _phone_of(code_hash))

    def bind(self, code: str, link: Link, *, now_ms: int) -> str:
        """Spend the link and let the phone in: its token. Of two phones that use it at once one is let in."""
        token = self._chance.bytes(32).hex()
        with self._registry.write("account", link.person) as writing:
            row = writing.session.get(DeviceLinkRow, _hash(code))
            if row is None:
                raise Refused("session.link")
            writing.session.delete(row)
            writing.session.execute(delete(DeviceRow).where(DeviceRow.expires_ms < now_ms))
            device = DeviceRow(phone=link.phone, token_hash=_hash(token), person=link.person, expires_ms=now_ms + SESSION_MS)
            writing.session.add(device)
        return token

    def holder(self, token_hash: str) -> DeviceRow | None:
        with self._registry.read() as session:
            return session.scalar(select(DeviceRow).where(DeviceRow.token_hash == token_hash))

    def renew(self, token: str, *, now_ms: int) -> bool:
        """A phone that is used stays signed in: whether its term began anew."""
        with self._registry.read() as session, session.begin():
            row = session.scalar(select(DeviceRow).where(DeviceRow.token_hash == _hash(token)))
            if row is None or row.expires_ms - now_ms > SESSION_MS // 2:
                return False
            row.expires_ms = now_ms + SESSION_MS
        self._forget()
        return True

    def unbind(self, phone: str) -> None:
        """Its token stands for nobody any more, here and in every process."""
        with self._registry.write("account", phone) as writing:
            writing.session.execute(delete(DeviceRow).where(DeviceRow.phone == phone))
            writing.touch()
        self._forget()

    def held_by(self, people: Sequence[str]) -> list[str]:
        """Those of them who have a phone or a link."""
        with self._registry.read() as session:
            return [
                person
                for some in in_parts(people)
                for row in (DeviceRow, DeviceLinkRow)
                for person in session.scalars(select(row.person).where(row.person.in_(some)))
            ]


def _phone_of(code_hash: str) -> str:
    return f"ph-{hashlib.sha256(f'phone {code_hash}'.encode()).hexdigest()[:_NAME_LETTERS]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.replace("-", "").replace(" ", "").encode()).hexdigest()
