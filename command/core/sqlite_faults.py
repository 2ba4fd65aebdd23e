"""What SQLite met, sorted: a file that is spoiled stays so; everything else (a lock, a full disk) may pass."""

import sqlite3

_SPOILED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_spoiled(error: BaseException | None) -> bool:
    """A text that the driver cannot decode has no code of SQLite's."""
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.OperationalError) if code is None else code & 0xFF in _SPOILED
