"""SQLite's write-ahead log keeps old pages until it is emptied: what was erased is gone only after that."""

import sqlite3

from command.core.errors import LogUnavailable, Refused

_TRIES = 3


def empty_wal(db: sqlite3.Connection) -> None:
    """Write all of it into the file and cut it to nothing. Each try waits for readers as long as the connection's timeout.

    Raises Refused(erase.unfinished) when somebody reads on all the while: what is erased is erased, a copy of it still lies
    in the log.
    """
    try:
        for _ in range(_TRIES):
            busy, *_rest = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
    except sqlite3.Error as error:
        raise LogUnavailable(why=str(error)) from error
    raise Refused("erase.unfinished")
