"""The vault: one key per subject (an incident, a person), so that an append-only log can forget.

Destroying a key erases the subject from log, forks, archives and backups at once. Keys lie in `vault.db`, wrapped
(RFC 3394) by a master secret that is kept outside the data folder; the vault is backed up apart, newest copy only.
Sealing is AES-SIV (RFC 5297): deterministic, so that equal runs give byte-equal logs.
"""

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from command.core.chance import Chance
from command.core.errors import LogUnavailable, WrongKey
from command.core.vault_copies import merge, replaced
from command.core.wal import empty_wal

_KEY_BYTES = 64
_ID_BYTES = 6
_KEYS_HELD = 65_536
_SUBJECTS_A_QUERY = 500
MASTER_BYTES = 32
_PROOF = b"Muster vault 1.0"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (subject TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class Vault:
    """Keys by subject. `path=None` keeps them in memory. Safe to use from several threads and processes.

    A subject whose key was destroyed keeps a tombstone: nothing is ever sealed for it again. Raises WrongKey when `master` is
    not the one the keys in the file are wrapped with: sealing on with another would lose what is sealed, now and before.
    `full_sync`: as for the log.
    """

    def __init__(self, path: Path | None, *, master: bytes, chance: Chance, full_sync: bool = True) -> None:
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=10)
        self._master = master
        self._chance = chance
        self._lock = threading.RLock()
        self._held: dict[str, AESSIV] = {}
        try:
            for setting in ("journal_mode=WAL", f"synchronous={'FULL' if full_sync else 'OFF'}", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {setting}")
            self._db.executescript(_SCHEMA)
            self._check_master()
        except sqlite3.Error as error:
            self._db.close()
            raise LogUnavailable(why=str(error)) from error
        except WrongKey:
            self._db.close()
            raise

    def prepare(self, subjects: list[str]) -> None:
        """Make the keys these subjects lack, durably, in one transaction: before anything sealed by them is written."""
        with self._lock:
            lacking = self._lacking([s for s in dict.fromkeys(subjects) if s not in self._held])
            if not lacking:
                return
            try:
                self._db.execute("BEGIN IMMEDIATE")
                made = {s: self._chance.bytes(_KEY_BYTES) for s in self._lacking(lacking)}
                wrapped = [(s, aes_key_wrap(self._master, key)) for s, key in made.items()]
                self._db.executemany("INSERT INTO keys VALUES (?, ?)", wrapped)
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise LogUnavailable(why=str(error)) from error
            for subject, key in made.items():
                self._hold(subject, key)

    def seal(self, subject: str, plain: Mapping[str, Any], *, context: str) -> bytes | None:
        """Sealed bytes; None when the subject was erased. `prepare` first."""
        cipher = self._cipher(subject)
        if cipher is None:
            return None
        return cipher.encrypt(msgspec.json.encode(plain), [subject.encode(), context.encode()])

    def seal_bytes(self, subject: str, plain: bytes, *, context: str) -> bytes | None:
        cipher = self._cipher(subject)
        return None if cipher is None else cipher.encrypt(plain, [subject.encode(), context.encode()])

    def open(self, subject: str, sealed: bytes | None, *, context: str) -> dict[str, Any] | None:
        """The plain part; None when there is none, or no key any more."""
        plain = self.open_bytes(subject, sealed, context=context)
        return None if plain is None else msgspec.json.decode(plain, type=dict[str, Any])

    def open_bytes(self, subject: str, sealed: bytes | None, *, context: str) -> bytes | None:
        cipher = None if sealed is None else self._cipher(subject)
        if cipher is None or sealed is None:
            return None
        try:
            return cipher.decrypt(sealed, [subject.encode(), context.encode()])
        except InvalidTag:
            return None

    def erase(self, subject: str) -> None:
        """Destroy the key, in the file and in its write-ahead log. Raises LogUnavailable, Refused(erase.unfinished): try again."""
        with self._lock:
            try:
                self._db.execute("INSERT INTO keys VALUES (?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL", (subject,))
            except sqlite3.Error as error:
                raise LogUnavailable(why=str(error)) from error
            self._held.pop(subject, None)
            empty_wal(self._db)

    def forget(self, subject: str) -> None:
        """Another process erased it: drop what is held here."""
        with self._lock:
            self._held.pop(subject, None)

    @property
    def id(self) -> str:
        """Given once, when the vault was made; its copies have the same."""
        return bytes(self._db.execute("SELECT value FROM about WHERE name = 'id'").fetchone()[0]).hex()

    def erased(self) -> list[str]:
        """The subjects whose keys were destroyed, in order."""
        return [row[0] for row in self._db.execute("SELECT subject FROM keys WHERE wrapped IS NULL ORDER BY subject")]

    def copy_to(self, path: Path) -> None:
        """The one newest copy: what stands there is replaced whole, and whoever is erased in it stays erased."""
        with self._lock, replaced(path) as half:
            self._db.execute("VACUUM INTO ?", (str(half),))
            if path.exists():
                merge(half, path)

    def close(self) -> None:
        self._db.close()

    def _check_master(self) -> None:
        """The file holds a known text, wrapped; one that does not yet is shown the master by a key it holds."""
        if len(self._master) != MASTER_BYTES:
            raise WrongKey
        id_ = self._chance.bytes(_ID_BYTES)  # drawn whether wanted or not: seeded runs stay alike
        proof = self._db.execute("SELECT value FROM about WHERE name = 'proof'").fetchone()
        if proof is None:
            held = self._db.execute("SELECT wrapped FROM keys WHERE wrapped IS NOT NULL LIMIT 1").fetchone()
            if held is not None:
                self._unwrap(held[0])
            made = (("proof", aes_key_wrap(self._master, _PROOF)), ("id", id_))
            self._db.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", made)
            proof = self._db.execute("SELECT value FROM about WHERE name = 'proof'").fetchone()
        self._unwrap(proof[0])

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._master, wrapped)
        except InvalidUnwrap:
            raise WrongKey from None

    def _lacking(self, subjects: list[str]) -> list[str]:
        """Those that never had a key; an erased one had."""
        known: set[str] = set()
        for start in range(0, len(subjects), _SUBJECTS_A_QUERY):
            some = subjects[start : start + _SUBJECTS_A_QUERY]
            marks = ", ".join("?" * len(some))
            known |= {row[0] for row in self._db.execute(f"SELECT subject FROM keys WHERE subject IN ({marks})", some)}  # noqa: S608 -- marks
        return [subject for subject in subjects if subject not in known]

    def _cipher(self, subject: str) -> AESSIV | None:
        with self._lock:
            held = self._held.get(subject)
            if held is not None:
                return held
            try:
                row = self._db.execute("SELECT wrapped FROM keys WHERE subject = ?", (subject,)).fetchone()
            except sqlite3.Error as error:
                raise LogUnavailable(why=str(error)) from error
            return self._hold(subject, self._unwrap(row[0])) if row and row[0] else None

    def _hold(self, subject: str, key: bytes) -> AESSIV:
        if len(self._held) >= _KEYS_HELD:
            self._held.clear()
        self._held[subject] = cipher = AESSIV(key)
        return cipher
