"""The contract of every log: the same tests on memory and on SQLite."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from command.core.log import Log
from command.core.log_memory import MemoryLog
from command.core.log_sqlite import SqliteLog
from command.core.records import GENESIS, Record, chain, first_break


def record(position: int, before: bytes, *, command_id: str = "", keys: bytes = b'["a"]', data: bytes = b"{}") -> Record:
    bare = Record(
        position,
        1_000 + position,
        1_000 + position,
        1_000 + position,
        command_id or f"c{position}",
        0,
        "me",
        b"f",
        "thing.done",
        1,
        keys,
        None,
        None,
        data,
        None,
        None,
        b"",
    )
    return bare._replace(hash=chain(before, bare))


def append(log: Log, count: int, *, keys: bytes = b'["a"]') -> None:
    with log.turn() as page:
        position, before = page.head()
        records = []
        for _ in range(count):
            position += 1
            records.append(record(position, before, keys=keys))
            before = records[-1].hash
        page.append(records)
        page.commit()


@pytest.fixture(params=["memory", "sqlite"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    log: Log = MemoryLog() if request.param == "memory" else SqliteLog(tmp_path / "log.db", epoch="e")
    yield log
    log.close()


def test_an_empty_log_stands_at_genesis(log: Log) -> None:
    assert log.head() == (0, GENESIS)
    assert log.after(0, 10) == []


def test_what_is_committed_is_read_back_byte_for_byte(log: Log) -> None:
    append(log, 3)
    found = log.after(0, 10)
    assert [r.position for r in found] == [1, 2, 3]
    assert first_break(found) is None
    assert log.head() == (3, found[-1].hash)
    assert log.after(1, 1) == [found[1]]


def test_a_turn_left_without_commit_leaves_nothing(log: Log) -> None:
    with pytest.raises(KeyError), log.turn() as page:
        page.append([record(1, GENESIS)])
        raise KeyError
    assert log.head() == (0, GENESIS)
    append(log, 1)
    assert log.head()[0] == 1


def test_done_finds_every_record_of_the_ids_asked_for(log: Log) -> None:
    append(log, 4)
    with log.turn() as page:
        assert [r.position for r in page.done(["c2", "c4", "c9", "c2"])] == [2, 4]


def test_of_finds_what_is_filed_under_a_key(log: Log) -> None:
    append(log, 2, keys=b'["a","b"]')
    append(log, 2, keys=b'["b"]')
    assert [r.position for r in log.of("a")] == [1, 2]
    assert [r.position for r in log.of("b", limit=2)] == [3, 4]
    assert [r.position for r in log.of("b", before=3)] == [1, 2]


def test_an_epoch_stays_until_renewed(log: Log) -> None:
    first = log.epoch()
    append(log, 1)
    assert log.epoch() == first
    log.renew_epoch("other")
    assert log.epoch() == "other"


def _race(path: Path, turns: int) -> None:
    log = SqliteLog(path, epoch="e")
    for _ in range(turns):
        append(log, 3)
    log.close()


def test_two_processes_race_on_one_file_without_gap_or_fork(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    racers = [spawn.Process(target=_race, args=(tmp_path / "log.db", 40)) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
        assert racer.exitcode == 0
    log = SqliteLog(tmp_path / "log.db", epoch="e")
    found = log.after(0, 1_000)
    log.close()
    assert len(found) == 240
    assert first_break(found) is None


@pytest.mark.parametrize(
    "change",
    [{"at_ms": 9}, {"command_id": "x"}, {"ordinal": 7}, {"actor": "you"}, {"fingerprint": b"g"}, {"name": "thing.undone"}, {"schema": 2},
     {"keys": b'["b"]'}, {"authority": b"{}"}, {"cause": 3}, {"data": b"[]"}, {"subject": "s"}, {"private": b"p"}],
)  # fmt: skip
def test_the_hash_covers_every_column(change: dict[str, object]) -> None:
    good = record(1, GENESIS)
    assert chain(GENESIS, good._replace(**change)) != good.hash  # type: ignore[arg-type]


def test_what_is_filed_can_be_read_beside_the_records(log: Log) -> None:
    append(log, 2, keys=b'["b","a","b"]')
    append(log, 1, keys=b"[]")
    append(log, 1, keys=b'["c"]')
    assert list(log.filed(4)) == [(1, "a"), (1, "b"), (2, "a"), (2, "b"), (4, "c")]
    assert list(log.filed(1)) == [(1, "a"), (1, "b")]
    assert log.is_sound()
