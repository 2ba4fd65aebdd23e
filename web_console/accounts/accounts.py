"""Signing in and out. A session is a random token in an HttpOnly cookie; the registry keeps only its hash."""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Sequence
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from command.core.chance import Chance
from command.core.errors import Refused
from command.tiers.registry import Registry, Writing, in_parts
from web_console.accounts.devices import Devices
from web_console.accounts.passwords import check_password
from web_console.accounts.tables import AccountRow, DeviceLinkRow, DeviceRow, InvitationRow, SessionRow

SESSION_MS = 14 * 3_600_000
INVITATION_MS = 24 * 3_600_000
_CODE_BYTES = 16
TRIES_MOST = 10
TRIES_WINDOW_MS = 60_000
LOGINS_WATCHED = 10_000
SESSIONS_HELD = 20_000


class Signed(NamedTuple):
    """Who is signed in: an officer or a person, by registry id; `phone`: on a bound phone, its name in the log."""

    kind: str
    subject: str
    phone: str = ""


class _Held(NamedTuple):
    signed: Signed
    expires_ms: int


class Accounts:
    """Of one realm. Ten wrong tries a minute for a login, then it waits.

    Who holds a token is read once and held until `forget`, which a change of any account must call. Hashing a password
    takes a core some 0.1 s: whoever lives on a loop does `sign_in` and `accept` in a thread.
    """

    def __init__(self, registry: Registry, *, chance: Chance, hasher: PasswordHasher, hash_login: Callable[[str], str]) -> None:
        self._registry = registry
        self._chance = chance
        self._hasher = hasher
        self._hash_login = hash_login
        self._nobody = self._hasher.hash("nobody")
        self._tries: dict[str, list[int]] = {}
        self._held: dict[str, _Held] = {}
        self._people: tuple[str, ...] | None = None
        self.devices = Devices(registry, chance=chance, forget=self.forget)

    def forget(self) -> None:
        """Accounts changed, here or in another process: who holds which token is read anew."""
        self._held, self._people = {}, None

    def people(self) -> tuple[str, ...]:
        """Everyone who may sign in on a phone by a password, by registry id; read once and held until `forget`."""
        if self._people is None:
            with self._registry.read() as session:
                mine = select(AccountRow.subject).where(AccountRow.kind == "person", AccountRow.disabled.is_(False))
                self._people = tuple(sorted(session.scalars(mine)))
        return self._people

    def add(self, login: str, *, kind: str, subject: str, password: str) -> None:
        """A password for somebody, new or in place of an earlier one; earlier sessions of the login end.

        Raises Refused(account.login) when it is somebody else's.
        """
        hashed = self._hasher.hash(password)
        with self._registry.write("account", subject) as writing:
            self._put(writing, self._hash_login(login), kind=kind, subject=subject, hashed=hashed)
        self.forget()

    def _put(self, writing: Writing, login_hash: str, *, kind: str, subject: str, hashed: str) -> None:
        self._check_free(writing.session, login_hash, kind, subject)
        writing.session.execute(delete(SessionRow).where(SessionRow.login_hash == login_hash))
        writing.put(AccountRow, login_hash, {"kind": kind, "subject": subject, "password_hash": hashed, "disabled": False})

    def remove(self, *, kind: str, subject: str) -> None:
        """End every session of this officer or person, and let nobody sign in as them again."""
        with self._registry.write("account", subject) as writing:
            mine = select(AccountRow.login_hash).where(AccountRow.kind == kind, AccountRow.subject == subject)
            writing.session.execute(delete(SessionRow).where(SessionRow.login_hash.in_(mine)))
            writing.session.execute(delete(AccountRow).where(AccountRow.kind == kind, AccountRow.subject == subject))
            writing.session.execute(delete(InvitationRow).where(InvitationRow.kind == kind, InvitationRow.subject == subject))
            if kind == "person":
                for row in (DeviceRow, DeviceLinkRow):
                    writing.session.execute(delete(row).where(row.person == subject))
            writing.touch()
        self.forget()

    def held_by(self, kind: str, subjects: Sequence[str]) -> list[str]:
        """Those of them whom somebody may sign in as, or has a code to."""
        with self._registry.read() as session:
            found = [
                subject
                for some in in_parts(subjects)
                for row in (AccountRow, InvitationRow)
                for subject in session.scalars(select(row.subject).where(row.kind == kind, row.subject.in_(some)))
            ]
        return list(dict.fromkeys([*found, *(self.devices.held_by(subjects) if kind == "person" else ())]))

    def invite(self, login: str, *, kind: str, subject: str, now_ms: int) -> str:
        """A code with which they choose their first password: good once, for a day, and in place of any earlier one. Only
        its hash is kept."""
        code = b32encode(self._chance.bytes(_CODE_BYTES)).decode().rstrip("=").lower()
        login_hash = self._hash_login(login)
        with self._registry.write("account", subject) as writing:
            self._check_free(writing.session, login_hash, kind, subject)
            mine = (InvitationRow.kind == kind) & (InvitationRow.subject == subject)
            gone = mine | (InvitationRow.expires_ms < now_ms)
            writing.session.execute(delete(InvitationRow).where(gone))
            row = InvitationRow(
                code_hash=_hash(code), login_hash=login_hash, kind=kind, subject=subject, expires_ms=now_ms + INVITATION_MS
            )  # fmt: skip
            writing.session.add(row)
        return "-".join(code[start : start + 5] for start in range(0, len(code), 5))

    def accept(self, code: str, password: str, *, kind: str, now_ms: int) -> tuple[str, Signed]:
        """Set the first password and sign in. The code is spent, and earlier sessions of the login end."""
        code_hash = _hash(code.replace("-", "").replace(" ", "").lower())
        with self._registry.read() as reading:
            found = reading.get(InvitationRow, code_hash)
        if found is None or found.kind != kind or found.expires_ms <= now_ms:
            raise Refused("session.code")
        hashed = self._hasher.hash(check_password(password))
        with self._registry.write("account", found.subject) as writing:
            standing = writing.session.get(InvitationRow, code_hash)
            if standing is None:  # somebody else was quicker with it
                raise Refused("session.code")
            writing.session.delete(standing)
            self._put(writing, found.login_hash, kind=kind, subject=found.subject, hashed=hashed)
        self.forget()
        return self._begin_session(found.login_hash, now_ms), Signed(kind, found.subject)

    @staticmethod
    def _check_free(session: Session, login_hash: str, kind: str, subject: str) -> None:
        held = session.get(AccountRow, login_hash)
        if held is not None and (held.kind, held.subject) != (kind, subject):
            raise Refused("account.login")

    def admit(self, *, kind: str, subject: str, now_ms: int) -> str:
        """A session for somebody whom another realm of this house has signed in already: assembly alone may say so. No password fits
        the account that stands behind it."""
        login_hash = self._hash_login(f"admitted {kind} {subject}")
        with self._registry.read() as session:
            known = session.get(AccountRow, login_hash) is not None
        if not known:
            hashed = self._hasher.hash(self._chance.bytes(32).hex())
            with self._registry.write("account", subject) as writing:
                self._put(writing, login_hash, kind=kind, subject=subject, hashed=hashed)
            self.forget()
        return self._begin_session(login_hash, now_ms)

    def is_empty(self) -> bool:
        with self._registry.read() as session:
            return session.scalar(select(AccountRow.login_hash).limit(1)) is None

    def sign_in(self, login: str, password: str, *, kind: str, now_ms: int) -> tuple[str, Signed]:
        """A new token and who it stands for. A wrong login takes as long as a wrong password."""
        self._slow_down(login, now_ms)
        login_hash = self._hash_login(login)
        with self._registry.read() as session:
            row = session.get(AccountRow, login_hash)
        fits = row is not None and row.kind == kind and not row.disabled
        if not (self._matches(row.password_hash if row and fits else self._nobody, password) and fits) or row is None:
            self._tries.setdefault(login, []).append(now_ms)
            raise Refused("session.wrong")
        return self._begin_session(login_hash, now_ms), Signed(row.kind, row.subject)

    def _begin_session(self, login_hash: str, now_ms: int) -> str:
        token = self._chance.bytes(32).hex()
        with self._registry.read() as session, session.begin():
            session.execute(delete(SessionRow).where(SessionRow.expires_ms < now_ms))
            session.add(SessionRow(token_hash=_hash(token), login_hash=login_hash, expires_ms=now_ms + SESSION_MS))
        return token

    def signed_in(self, token: str | None, *, kind: str, now_ms: int) -> Signed:
        """Who holds this token; refused when nobody does."""
        held = self._holder(_hash(token)) if token else None
        if held is None or held.expires_ms <= now_ms or held.signed.kind != kind:
            raise Refused("session.none")
        return held.signed

    def _holder(self, token_hash: str) -> _Held | None:
        known = self._held  # what is read now belongs to the time before the next `forget`
        found = known.get(token_hash) or self._read(token_hash)
        if found is not None:
            if len(known) >= SESSIONS_HELD:
                known.clear()
            known[token_hash] = found
        return found

    def _read(self, token_hash: str) -> _Held | None:
        """Signed in by password, else on a bound phone."""
        with self._registry.read() as session:
            token = session.get(SessionRow, token_hash)
            row = session.get(AccountRow, token.login_hash) if token else None
        if token is not None:
            return None if row is None or row.disabled else _Held(Signed(row.kind, row.subject), token.expires_ms)
        device = self.devices.holder(token_hash)
        return _Held(Signed("person", device.person, device.phone), device.expires_ms) if device is not None else None

    def sign_out(self, token: str | None) -> None:
        if token:
            with self._registry.read() as session, session.begin():
                session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))
            self._held.pop(_hash(token), None)

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except Argon2Error:
            return False

    def _slow_down(self, login: str, now_ms: int) -> None:
        """Wrong tries of the last minute are remembered, of so many logins that a guesser cannot fill the memory."""
        recent = [at for at in self._tries.pop(login, []) if now_ms - at < TRIES_WINDOW_MS]
        if recent:
            self._tries[login] = recent
        while len(self._tries) > LOGINS_WATCHED:
            del self._tries[next(iter(self._tries))]
        if len(recent) >= TRIES_MOST:
            raise Refused("session.slow")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
