"""Whatever is done to the log's file behind its back, verify-log names the first bad position."""

import random
import shutil
import sqlite3
from functools import partial
from pathlib import Path

import msgspec
import pytest

from command.core.anchors import Anchors
from command.core.asks import Ask
from command.core.backup import back_up
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.door import Door
from command.core.errors import LogBroken, LogUnavailable
from command.core.followers import Bell, MemoryCursors, Tail
from command.core.log_sqlite import SqliteLog
from command.core.realm import Folder
from command.core.records import chain
from command.core.restoring import WHY, restore
from command.core.verify import Verdict, verify, verify_file
from tests.kit import COUNTY, raising
from tests.realms import RECORDS, fill, open_realm, restored_realm


def judge(path: Path) -> Verdict:
    return verify_file(path / "log.db", path / "anchors.jsonl")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    realm = open_realm(tmp_path / "r")
    fill(realm)
    realm.close()
    assert judge(tmp_path / "r") == Verdict(RECORDS, 1, 0, None, None)
    return tmp_path / "r"


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path / "log.db") as db:
        for statement in statements:
            db.execute(statement)
    db.close()


FLIPS = {
    "at_ms": "at_ms = at_ms + 1", "happened_ms": "happened_ms = happened_ms - 1", "learned_ms": "learned_ms = learned_ms - 1",
    "command_id": "command_id = command_id || 'x'", "ordinal": "ordinal = ordinal + 1",
    "actor": "actor = 'officer:2'", "fingerprint": "fingerprint = x'00'", "name": "name = 'incident.raisee'", "schema": "schema = 2",
    "keys": "keys = CAST(replace(CAST(keys AS TEXT), 'i', 'j') AS BLOB)", "authority": "authority = x'7b7d'", "cause": "cause = 2",
    "data": "data = x'7b7d'", "subject": "subject = 'incident:i9'", "private": "private = x'0102'", "hash": "hash = zeroblob(32)",
}  # fmt: skip


@pytest.mark.parametrize("column", FLIPS)
def test_tampering_with_any_column_is_found(closed: Path, column: str) -> None:
    with_private = 7
    change(closed, f"UPDATE records SET {FLIPS[column]} WHERE position = {with_private}")
    verdict = judge(closed)
    assert (verdict.position, verdict.fault) == (with_private, "altered")


TYPES = (
    "data = CAST(data AS TEXT)", "actor = CAST(actor AS BLOB)", "at_ms = 'x'", "schema = 1.5", "keys = CAST(keys AS TEXT)",
    "hash = CAST(hash AS TEXT)", "private = CAST(private AS TEXT)", "subject = CAST(subject AS BLOB)", "cause = 'x'", "authority = 5",
    "cause = -1", "command_id = CAST(x'ff' AS TEXT)", "actor = CAST(x'c328' AS TEXT)",
)  # fmt: skip


@pytest.mark.parametrize("flip", TYPES)
def test_tampering_with_the_type_of_a_column_is_found(closed: Path, flip: str) -> None:
    change(closed, f"UPDATE records SET {flip} WHERE position = 7")
    assert judge(closed)[3:5] == (7, "unreadable")
    realm = open_realm(closed)
    outcome = realm.core.turn([Ask(command=raising("i6"), actor="officer:1", command_id="n", authority=COUNTY)])[0]
    assert isinstance(outcome, LogBroken)
    assert realm.core.world.look("incident:i1") is not None, "what came before is served"
    realm.close()


def test_tampering_with_a_number_beyond_its_column_is_found(closed: Path) -> None:
    change(closed, "UPDATE records SET ordinal = 1099511627776 WHERE position = 7")
    assert judge(closed)[3:5] == (7, "altered")


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_tampering_with_any_byte_of_the_file_is_found_or_changes_nothing(closed: Path, flip: int) -> None:
    log, chance = closed / "log.db", random.Random(flip)
    whole, held = log.read_bytes(), contents(log)
    written, found = [place for place, byte in enumerate(whole) if byte], 0
    for place in chance.sample(written, 150):
        spoiled = bytearray(whole)
        spoiled[place] ^= flip
        for path in closed.glob("log.db*"):
            path.unlink()
        log.write_bytes(spoiled)
        verdict = judge(closed)
        found += verdict.fault is not None
        assert verdict.fault is not None or contents(log) == held
    assert found > 100


def contents(log: Path) -> object:
    opened = SqliteLog(log, epoch="", read_only=True)
    try:
        return opened.after(0, 1_000), list(opened.filed(1_000))
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("statement", "position"),
    [("DELETE FROM filed", 1), ("DELETE FROM filed WHERE position = 6 AND key LIKE 'call:%'", 6),
     ("UPDATE filed SET position = 7 WHERE key LIKE 'call:%'", 6), ("INSERT INTO filed VALUES ('incident:i1', 6)", 6),
     ("INSERT INTO filed VALUES ('incident:i1', -3)", 1), ("UPDATE filed SET position = 0 WHERE position = 1", 1), ("UPDATE filed SET key = 'team:t9' WHERE key = 'team:t1'", 6)],
)  # fmt: skip
def test_tampering_with_what_is_filed_under_a_key_is_found(closed: Path, statement: str, position: int) -> None:
    change(closed, statement)
    assert judge(closed)[3:5] == (position, "index")


def test_tampering_what_is_filed_behind_the_last_record_is_found(closed: Path) -> None:
    change(closed, f"INSERT INTO filed VALUES ('incident:i9', {RECORDS + 1})")
    assert judge(closed)[3:5] == (RECORDS + 1, "index")


def forge(path: Path, position: int) -> None:
    """Another record at this position and a sound chain behind it, without what followed."""
    change(path, f"DELETE FROM records WHERE position >= {position}", f"DELETE FROM filed WHERE position >= {position}")
    log = SqliteLog(path / "log.db", epoch="")
    with log.turn() as page:
        for more in range(RECORDS):
            at, before = page.head()
            record = log.after(0, 1)[0]._replace(position=at + 1, command_id=f"forged {more}")
            page.append([record._replace(hash=chain(before, record))])
        page.commit()
    log.close()


def test_tampering_another_history_of_the_same_length_is_not_what_its_anchor_knew(closed: Path) -> None:
    forge(closed, 4)
    assert judge(closed)[3:5] == (RECORDS, "replaced")


def test_tampering_under_a_running_core_another_process_record_must_stand_on_its_own(tmp_path: Path) -> None:
    realm = open_realm(tmp_path / "r")
    fill(realm)
    change(tmp_path / "r", f"DELETE FROM records WHERE position = {RECORDS}")
    log = SqliteLog(tmp_path / "r" / "log.db", epoch="")
    with log.turn() as page:
        first = log.after(0, 1)[0]
        page.append([first._replace(position=RECORDS, command_id="x"), first._replace(position=RECORDS + 1, command_id="y")])
        page.commit()
    log.close()
    outcome = realm.core.turn([Ask(command=raising("i6"), actor="officer:1", command_id="n", authority=COUNTY)])[0]
    assert isinstance(outcome, LogBroken)
    assert realm.core.position == RECORDS


@pytest.mark.parametrize("why", ["the log cannot be written", "it is of a newer program"])
def test_tampering_a_cut_that_could_not_be_recorded_is_not_covered_up(
    closed: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(closed, "DELETE FROM records WHERE position > 5", "DELETE FROM filed WHERE position > 5")
    if why == "it is of a newer program":
        log = SqliteLog(closed / "log.db", epoch="")
        with log.turn() as page:
            at, before = page.head()
            record = log.after(0, 1)[0]._replace(position=at + 1, schema=99, command_id="future")
            page.append([record._replace(hash=chain(before, record))])
            page.commit()
        log.close()
        realm = open_realm(closed)
        realm.live_on()
        realm.close()
    else:
        with monkeypatch.context() as full:
            full.setattr(Core, "turn", lambda _, asks: [LogUnavailable(why="disk full")] * len(asks))
            with pytest.raises(LogUnavailable):
                open_realm(closed)
    assert judge(closed).fault == "cut"


def test_tampering_with_an_index_of_the_file_is_found(closed: Path) -> None:
    """The index of command ids: without it a retry would be decided a second time."""
    with sqlite3.connect(closed / "log.db") as db:
        pages = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'records_command'").fetchone()
        size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    whole = bytearray((closed / "log.db").read_bytes())
    start = (pages[0] - 1) * size
    whole[start + 3 : start + 5] = b"\0\0"  # so many cells it says it has
    (closed / "log.db").write_bytes(whole)
    verdict = judge(closed)
    assert (verdict.position, verdict.fault, verdict.records) == (None, "storage", RECORDS)


def test_tampering_looking_changes_nothing(closed: Path) -> None:
    before = (closed / "log.db").read_bytes()
    judge(closed)
    assert (closed / "log.db").read_bytes() == before


def test_tampering_a_deleted_row_is_missing(closed: Path) -> None:
    change(closed, "DELETE FROM records WHERE position = 4")
    assert judge(closed)[3:5] == (4, "missing")


def test_tampering_a_shifted_position_is_found(closed: Path) -> None:
    change(closed, "UPDATE records SET position = 9 WHERE position = 8")
    assert judge(closed)[3:5] == (8, "missing")


def test_tampering_swapped_rows_are_found(closed: Path) -> None:
    change(
        closed, "UPDATE records SET position = -1 WHERE position = 3", "UPDATE records SET position = 3 WHERE position = 4",
        "UPDATE records SET position = 4 WHERE position = -1",
    )  # fmt: skip
    assert judge(closed)[3:5] == (3, "altered")


def test_tampering_an_inserted_row_is_found(closed: Path) -> None:
    columns = "at_ms, happened_ms, learned_ms, command_id, ordinal, actor, fingerprint, name, schema, keys, authority, cause, data, subject, private, hash"
    change(closed, f"INSERT INTO records SELECT 9, {columns} FROM records WHERE position = 5")
    assert judge(closed)[3:5] == (9, "altered")


@pytest.mark.parametrize("position", [1, 4, RECORDS])
def test_tampering_a_row_inserted_in_the_middle_is_found(closed: Path, position: int) -> None:
    """Everything behind it moves up by one, with all that is filed."""
    columns = "at_ms, happened_ms, learned_ms, command_id || 'x', ordinal, actor, fingerprint, name, schema, keys, authority, cause, data, subject, private, hash"
    change(
        closed, *(f"UPDATE {table} SET position = -position - 1 WHERE position >= {position}" for table in ("records", "filed")),
        *(f"UPDATE {table} SET position = -position WHERE position < 0" for table in ("records", "filed")),
        f"INSERT INTO records SELECT {position}, {columns} FROM records WHERE position = 2 + ({position} < 3)",
    )  # fmt: skip
    assert judge(closed)[3:5] == (position, "altered")


@pytest.mark.parametrize("cut", [1, 3, RECORDS])
def test_tampering_a_cut_tail_is_found_by_the_anchors(closed: Path, cut: int) -> None:
    change(closed, f"DELETE FROM records WHERE position > {RECORDS - cut}")
    assert judge(closed)[3:5] == (RECORDS - cut + 1, "cut")


def test_tampering_yesterdays_file_is_found_and_opening_it_gives_a_new_epoch(tmp_path: Path) -> None:
    path = tmp_path / "r"
    realm = open_realm(path)
    fill(realm)
    epoch = realm.log.epoch()
    realm.close()
    shutil.copy(path / "log.db", tmp_path / "yesterday.db")
    realm = open_realm(path)
    realm.core.turn([Ask(command=raising("i5"), actor="officer:1", command_id="later", authority=COUNTY)])
    realm.close()
    shutil.copy(tmp_path / "yesterday.db", path / "log.db")
    assert judge(path)[3:5] == (RECORDS + 1, "cut")
    realm = open_realm(path)
    assert realm.log.epoch() != epoch
    realm.close()
    verdict = judge(path)
    assert (verdict.fault, verdict.replaced) == (None, (RECORDS + 1,))


def test_tampering_under_a_running_core_stops_it(tmp_path: Path) -> None:
    path = tmp_path / "r"
    realm = open_realm(path)
    fill(realm)
    change(path, f"DELETE FROM records WHERE position > {RECORDS - 2}")
    outcome = realm.core.turn([Ask(command=raising("i6"), actor="officer:1", command_id="n", authority=COUNTY)])[0]
    assert isinstance(outcome, LogBroken)
    assert realm.core.world.look("incident:i6") is None
    realm.close()


@pytest.mark.parametrize("flip", ["CAST(data AS TEXT)", "CAST(x'ff' AS TEXT)", "x'7b'"])
async def test_tampering_a_row_that_is_no_record_stops_a_running_core_and_keeps_nobody_waiting(tmp_path: Path, flip: str) -> None:
    path = tmp_path / "r"
    realm = open_realm(path)
    fill(realm)
    columns = "at_ms, happened_ms, learned_ms, command_id, ordinal, actor, fingerprint, name, schema, keys, authority, cause"
    change(path, f"INSERT INTO records SELECT 9, {columns}, {flip}, subject, private, hash FROM records WHERE position = 5")
    door = Door(realm.core, bell=lambda _position: None)
    for number in range(2):
        with pytest.raises(LogBroken):
            await door.handle(Ask(command=raising(f"i{number}"), actor="officer:1", command_id=f"n{number}", authority=COUNTY))
    assert isinstance(realm.core.stopped_by, LogBroken)
    bell = Bell()
    tail = Tail(
        core=realm.core, log=realm.log, door=door, bell=bell, projections=[], policies=[], cursors=MemoryCursors()
    )  # fmt: skip
    with pytest.raises(LogBroken):
        await tail.drain()
    await door.close()
    realm.close()


def test_tampering_under_the_readers_of_a_running_core_stops_it_too(tmp_path: Path) -> None:
    realm = open_realm(tmp_path / "r")
    fill(realm)
    change(tmp_path / "r", "UPDATE records SET data = CAST(data AS TEXT) WHERE position = 2")
    with pytest.raises(LogBroken):
        [realm.core.event(record) for record in realm.log.after(0, 10)]
    outcome = realm.core.turn([Ask(command=raising("i6"), actor="officer:1", command_id="n", authority=COUNTY)])[0]
    assert isinstance(outcome, LogBroken)
    realm.close()


def test_tampering_an_unanchored_tail_is_counted_as_loose(tmp_path: Path) -> None:
    realm = open_realm(tmp_path / "r")
    fill(realm)
    assert Anchors(tmp_path / "r" / "anchors.jsonl").last() is None
    assert verify(realm.log, tmp_path / "r" / "anchors.jsonl").loose == RECORDS
    realm.live_on()
    assert verify(realm.log, tmp_path / "r" / "anchors.jsonl").loose == 0
    realm.close()


def test_tampering_a_restore_gives_a_new_epoch_and_keeps_what_was_erased_erased(tmp_path: Path) -> None:
    realm = open_realm(tmp_path / "r")
    fill(realm)
    realm.live_on()
    epoch = realm.log.epoch()
    back_up(realm.folder, tmp_path / "backups" / "one", vault=realm.vault)
    realm.core.turn([realm.ask_to_erase("incident:i2")])
    realm.close()
    restore(tmp_path / "backups" / "one", Folder(tmp_path / "r"), open_realm=restored_realm)
    again = open_realm(tmp_path / "r")
    assert again.log.epoch() not in (epoch, "")
    raised = again.core.event(again.log.after(6, 1)[0])
    assert raised.sealed is not None
    assert again.open_event(raised) is None
    assert again.core.world.look("incident:i2").id == "i2"
    again.close()


def test_time_between_a_backup_and_its_restore_counts_for_nobody(tmp_path: Path) -> None:
    """Ten minutes after the backup it is restored: an offer open then has its remaining time still."""
    clock = ManualClock()
    realm = open_realm(tmp_path / "r", clock=clock)
    fill(realm)
    due = realm.core.world.due_at("call:c1", "lapse")
    assert due is not None
    back_up(realm.folder, tmp_path / "backups" / "one", vault=realm.vault)
    realm.close()
    clock.advance(seconds=600)
    restore(tmp_path / "backups" / "one", Folder(tmp_path / "r"), open_realm=partial(restored_realm, clock=clock))
    again = open_realm(tmp_path / "r", clock=clock)
    assert again.core.world.due_at("call:c1", "lapse") == due + 600_000
    assert [r.name for r in again.log.after(RECORDS, 10)] == ["realm.resumed", "history.replaced"]
    assert msgspec.json.decode(again.log.after(RECORDS + 1, 1)[0].data) == {"why": WHY, "lost_from": RECORDS + 1}
    again.close()
    assert judge(tmp_path / "r").replaced == (RECORDS + 2,)
