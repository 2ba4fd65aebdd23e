"""Any moment of the past: what a seek shows is what a fold of the log up to there shows, whatever lies on the shelf."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.seeking import Shelf, code_of
from drills.seeking.values import kept
from tests.drills.past import MOST_STEPS, STEPS, folded, over, played, told
from tests.golden.write import story
from tests.kit import Desk


def shelf(file: Path | None = None, *, epoch: str = "e1", code: str = "c1") -> Shelf:
    return Shelf(file, epoch=epoch, code=code)


def test_every_moment_of_a_story_of_all_facts_is_what_its_prefix_folds_into() -> None:
    log = story().desk.log
    seeker = over(log, shelf(), every=7)
    assert seeker.build() == seeker.head() // 7 > 10
    for position in range(seeker.head() + 1):
        assert told(seeker.at(position)) == told(folded(log, position)), position


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 14)), min_size=5, max_size=MOST_STEPS),
    every=st.integers(1, 9), cut=st.integers(0, 100), later=st.integers(0, 100),
)  # fmt: skip
def test_a_seek_equals_a_fresh_fold_of_the_prefix(steps: list[tuple[str, int]], every: int, cut: int, later: int) -> None:
    """Checkpoints made while the log grows, some of them by another life of the process; then any position, and one behind it."""
    desk, kept_ = Desk(), shelf()
    played(desk, steps[: len(steps) // 2])
    over(desk.log, kept_, every=every).build()
    played(desk, steps[len(steps) // 2 :])
    seeker = over(desk.log, kept_, every=every)
    seeker.build(checkpoints=2)
    seeker.build()
    position = seeker.head() * cut // 100
    view = seeker.at(position)
    assert told(view) == told(folded(desk.log, position))
    until = position + (seeker.head() - position) * later // 100
    seeker.on(view, position, until)
    assert told(view) == told(folded(desk.log, until)), "followed on"
    assert told(seeker.at(position)) == told(folded(desk.log, position)), "what was followed on changed nothing on the shelf"


def test_a_moment_is_found_by_its_time() -> None:
    desk = Desk()
    played(desk, [("order", 0), ("wait", 0), ("wave", 0), ("wait", 3), ("accept", 0)])
    seeker, records = over(desk.log, shelf(), every=3), desk.log.after(0, 1_000)
    for at_ms in range(records[0].at_ms - 1, records[-1].at_ms + 2_000, 997):
        assert seeker.position_at(at_ms) == sum(record.at_ms <= at_ms for record in records)


def test_a_log_that_grows_is_replayed_up_to_its_new_end() -> None:
    desk = Desk()
    played(desk, [("order", 0), ("wave", 0)])
    seeker = over(desk.log, shelf(), every=3)
    seeker.build()
    view, at = seeker.at(seeker.head()), seeker.head()
    played(desk, [("accept", 0), ("accept", 1), ("wait", 3), ("order", 1)])
    assert seeker.behind() > 0
    assert seeker.on(view, at, seeker.head()) == seeker.head() > at
    assert told(view) == told(folded(desk.log, seeker.head())) == told(seeker.at(seeker.head()))
    seeker.build()
    assert seeker.behind() == 0


@pytest.mark.parametrize(("epoch", "code"), [("e2", "c1"), ("e1", "c2")])
def test_checkpoints_of_another_epoch_or_other_code_are_thrown_away(tmp_path: Path, epoch: str, code: str) -> None:
    desk, other, file = Desk(), Desk(), tmp_path / "replay.db"
    played(desk, [("order", 0), ("wave", 0), ("accept", 0)])
    played(other, [("order", 2), ("order", 1), ("wait", 1)])
    first = shelf(file)
    over(desk.log, first, every=2).build()
    assert first.last() > 0
    first.close()
    again = shelf(file)
    assert again.last() > 0, "of the same they stay"
    again.close()
    fresh = shelf(file, epoch=epoch, code=code)
    assert fresh.last() == 0
    seeker = over(other.log, fresh, every=2)
    assert told(seeker.at(3)) == told(folded(other.log, 3))
    fresh.close()


@pytest.mark.parametrize("spoil", ["no database", "half a page"])
def test_a_spoiled_shelf_is_made_anew(tmp_path: Path, spoil: str) -> None:
    desk, file = Desk(), tmp_path / "replay.db"
    played(desk, [("order", 0), ("wave", 0)])
    first = shelf(file)
    over(desk.log, first, every=2).build()
    first.close()
    whole = file.read_bytes()
    file.write_bytes(b"no database at all" * 99 if spoil == "no database" else whole[:2_000])
    seeker = over(desk.log, shelf(file), every=2)
    assert seeker.build() > 0
    assert told(seeker.at(4)) == told(folded(desk.log, 4))


def test_a_checkpoint_is_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "replay.db"
    made = shelf(file)
    with pytest.raises(sqlite3.IntegrityError):
        made.put(5, [], {})
        made.put(5, [], {})
    assert made.last() == 5
    made.close()


def test_two_read_the_same_shelf_while_one_builds(tmp_path: Path) -> None:
    """What another process finished is seen; what it has not is folded."""
    desk, file = Desk(), tmp_path / "replay.db"
    played(desk, [("order", 0), ("wave", 0), ("accept", 0), ("accept", 1), ("wait", 3)])
    writer, reader = over(desk.log, shelf(file), every=3), over(desk.log, shelf(file), every=3)
    view = reader.at(4)
    writer.build(checkpoints=1)
    assert told(reader.at(4)) == told(view) == told(folded(desk.log, 4))
    assert reader.behind() == writer.behind()


def test_a_log_on_disk_is_sought_like_one_in_memory(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    played(desk, [("order", 0), ("wave", 0), ("accept", 0), ("wait", 3)])
    seeker = over(desk.log, shelf(), every=2)
    seeker.build()
    assert told(seeker.at(5)) == told(folded(desk.log, 5))
    desk.close()


def test_only_what_a_picture_holds_is_kept() -> None:
    with pytest.raises(TypeError):
        kept(object())
    with pytest.raises(TypeError):
        kept({"a": object()})


def test_other_code_has_another_name(tmp_path: Path) -> None:
    (tmp_path / "fold.py").write_text("a = 1\n", "utf-8")
    first = code_of([tmp_path])
    assert code_of([tmp_path]) == first
    (tmp_path / "fold.py").write_text("a = 2\n", "utf-8")
    assert code_of([tmp_path]) != first
