"""Virtual time: the same seed gives the same log, in any process, killed or not."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from command.core.clock import ManualClock
from command.core.log_memory import MemoryLog
from command.core.records import Record
from drills.measures.scoring import Story, score
from drills.review.drafting import Draft, Whole
from drills.review.shape import Words
from tests.drills.drilled import BEGIN_MS, RULES, Played, played, small

ROOT = Path(__file__).parent.parent.parent


def hash_of(drill: Played) -> str:
    return drill.log.head()[1].hex()


def test_everybody_in_it_acts_and_it_ends() -> None:
    drill = played()
    drill.run(90)
    names = drill.names()
    assert {
        "incident.raised",
        "wave.called",
        "call.answered",
        "call.progressed",
        "roll.opened",
        "roll.answered",
        "mobilization.stood_down",
    } <= set(names)
    assert names[-1] == "drill.ended"
    assert drill.clock.wall_ms() == BEGIN_MS + 90 * 60_000


def test_another_seed_is_another_course() -> None:
    one, other = played(), played(small(seed=8))
    one.run(90), other.run(90)
    assert hash_of(one) != hash_of(other)


def test_the_same_seed_gives_the_same_log_in_two_processes_under_different_hash_seeds() -> None:
    code = "from tests.drills.drilled import played; d = played(); d.run(90); print(d.log.head()[1].hex())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""}, cwd=ROOT, capture_output=True, text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


def test_played_in_pieces_it_is_the_same_play() -> None:
    whole, pieces = played(), played()
    whole.run(90)
    for minutes in range(0, 91, 7):
        pieces.run(minutes)
    pieces.run(90)
    assert hash_of(whole) == hash_of(pieces)


class Turns(MemoryLog):
    """Notes where each turn ended: nowhere else can a process that dies cut a log."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[int] = []

    def commit(self, records: Sequence[Record]) -> None:
        super().commit(records)
        self.ends.append(len(self))


def test_whoever_goes_on_after_a_crash_behind_any_turn_plays_the_same() -> None:
    turns = Turns()
    whole = played(log=turns)
    whole.run(90)
    records = turns.after(0, 1 << 30)
    for cut in turns.ends[:-1]:
        log = MemoryLog()
        log.commit(records[:cut])
        again = played(log=log, clock=ManualClock(records[cut - 1].at_ms))
        again.run(90)
        assert hash_of(again) == hash_of(whole), (cut, records[cut - 1].name, records[cut].name)


def test_measures_are_open_first_and_met_later() -> None:
    drill = played()
    drill.run(90)
    story = Story(drill.staged.scenario, RULES.kinds)
    for event in drill.events():
        story.follow(event)
    early = {(v.no, v.measure): v.outcome for row in score(story, at_ms=BEGIN_MS + 1_000) for v in row.verdicts}
    late = {(v.no, v.measure): v.outcome for row in score(story) for v in row.verdicts}
    assert (early[1, 0], early[1, 1], early[2, 0]) == ("open", "open", "not_played")
    assert (late[1, 0], late[1, 1], late[3, 0]) == ("met", "met", "by_hand")
    assert {row.objective: row.rating for row in score(story)} == {"waves": "P", "safety": "P"}


def test_the_draft_of_a_review_rests_on_events_that_are_there() -> None:
    drill = played()
    drill.run(90)
    draft = Draft(RULES.kinds, drill.staged.scenario)
    for event in drill.events():
        draft.follow(event)
    review = draft.review(where=Words("市", "city"), whole=Whole(drill.core.position, hash_of(drill), True))
    told = [at for sentence in (*review.happened, *review.why) for at in sentence.at]
    assert told
    assert set(told) <= set(review.evidence)
    assert all(sentence.at for sentence in review.happened)
    assert [row.accepted for row in review.waves]
    assert review.curves[0].least == 4
