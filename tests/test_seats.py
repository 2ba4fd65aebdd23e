"""Seats: two processes, thousands of accepts, three seats each of two incidents. Never over, never twice, nobody in silence."""

import collections
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import msgspec

from command.core.asks import Ask, Receipt
from command.core.facts import Fact, Look, Moment, Sealed
from mobilization import AnswerCall, Answered
from mobilization.answering import answer
from tests.kit import Desk, accept, need, ordered, planned, wave

LEADERS = 2_000
BACKSTOP_S = 10.0  # five times the two seconds this should take


def prepare(folder: Path) -> None:
    """Calls a-n for incident a, lapsed by the time b-n are made for b; the same people, and teams with two callers each."""
    desk = Desk(folder)
    for incident in ("a", "b"):
        desk.ask(ordered(incident, needs=(need(minimum=3, maximum=3),)))
        calls = [planned(n, call=f"{incident}-{n}", person=f"p{n}", team=f"t{n // 2}") for n in range(LEADERS)]
        for start in range(0, LEADERS, 50):
            desk.ask(wave(tuple(calls[start : start + 50]), incident=incident))
        desk.tick(seconds=91)
        while desk.core.is_due():
            desk.tick()
    assert {len(desk.core.world.look(f"mobilization:m-{incident}").parts) for incident in ("a", "b")} == {LEADERS}
    desk.close()


def _accept_all(folder: Path, worker: int, ready: Barrier, out: Any) -> None:
    desk = Desk(folder)
    decided = 0

    def counted(look: Look, command: AnswerCall, moment: Moment) -> Iterator[Fact | Sealed]:
        nonlocal decided
        decided += 1
        return answer(look, command, moment)

    desk.core._deciders = {**desk.core._deciders, AnswerCall: counted}
    calls = [key.partition(":")[2] for key in desk.core.world.keys("call")]
    persons = {call: desk.core.world.look(f"call:{call}").person for call in calls}
    mine = [calls[(2 * n + worker) % len(calls)] for n in range(LEADERS)]
    asks = [
        Ask(command=accept(call), actor=f"person:{persons[call]}", command_id=f"{worker}-{n:06d}", fingerprint=call.encode())
        for n, call in enumerate(mine)
    ]
    ready.wait()
    began = time.perf_counter()
    receipts = [each for start in range(0, LEADERS, 200) for each in desk.core.turn(asks[start : start + 200])]
    spent = time.perf_counter() - began
    bad = [repr(each) for each in receipts if not isinstance(each, Receipt)]
    out.put((spent, decided, bad[:3], [msgspec.json.encode(each) for each in receipts]))
    desk.close()


def test_seats_two_processes_two_thousand_accepts(tmp_path: Path) -> None:
    prepare(tmp_path)
    spawn = multiprocessing.get_context("spawn")
    ready, out = spawn.Barrier(2), spawn.Queue()
    workers = [spawn.Process(target=_accept_all, args=(tmp_path, n, ready, out)) for n in range(2)]
    for worker in workers:
        worker.start()
    results = [out.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join(30)
    assert [bad for _, _, bad, _ in results] == [[], []]
    assert [decided for _, decided, _, _ in results] == [LEADERS, LEADERS]
    assert max(spent for spent, *_ in results) < BACKSTOP_S

    desk = Desk(tmp_path)
    facts = [fact for r in desk.log.after(0, 100_000) if isinstance(fact := desk.core.event(r).fact, Answered)]
    _every_answer_is_told_what_it_meant(facts)
    firsts = {msgspec.json.decode(each, type=Receipt).command_id: each for *_, receipts in results for each in receipts}
    _retry_after_a_seat_is_freed(desk, next(fact for fact in facts if fact.seated), firsts)
    desk.close()


def _every_answer_is_told_what_it_meant(facts: list[Answered]) -> None:
    """4,000 calls, 4,000 answers; who has no seat has a number of their own, or sits elsewhere, or their team does."""
    assert len(facts) == len({fact.call for fact in facts}) == 2 * LEADERS
    seated = [fact for fact in facts if fact.seated]
    assert collections.Counter(fact.mobilization for fact in seated for _ in range(fact.seated)) == {"m-a": 3, "m-b": 3}
    sits, engaged = {fact.person: fact.call for fact in seated}, {fact.team: fact.call for fact in seated}
    assert len(sits) == len(engaged) == len(seated), "no person and no team twice"
    by_result: dict[str, list[Answered]] = {}
    for fact in facts:
        by_result.setdefault(fact.result, []).append(fact)
    assert set(by_result) == {"accepted", "standby", "engaged", "team_answered"}
    assert by_result["accepted"] == seated
    assert all(sits[fact.person] != fact.call for fact in by_result["engaged"])
    assert all(engaged[fact.team] != fact.call for fact in by_result["team_answered"])
    for mobilization in ("m-a", "m-b"):
        numbers = [fact.standby_no for fact in by_result["standby"] if fact.mobilization == mobilization]
        assert None not in numbers
        assert len(set(numbers)) == len(numbers) > 0


def _retry_after_a_seat_is_freed(desk: Desk, holder: Answered, firsts: dict[str, bytes]) -> None:
    """Every command sent again gets its old receipt, byte for byte, and makes no new event, although there is a free seat now."""
    desk.ask(AnswerCall(call=holder.call, answer="decline"), by=f"person:{holder.person}", id_="freed")
    assert desk.core.world.look(f"mobilization:{holder.mobilization}").needs[0].promised == 2
    head = desk.log.head()
    records = [r for r in desk.log.after(0, 100_000) if r.command_id[:2] in ("0-", "1-")]
    assert {r.command_id for r in records} == set(firsts) == {f"{w}-{n:06d}" for w in range(2) for n in range(LEADERS)}
    retries = [
        Ask(command=accept(r.fingerprint.decode()), actor=r.actor, command_id=r.command_id, fingerprint=r.fingerprint)
        for r in records
    ]
    receipts = [each for start in range(0, len(retries), 500) for each in desk.core.turn(retries[start : start + 500])]
    assert [msgspec.json.encode(each) for each in receipts] == [firsts[retry.command_id] for retry in retries]
    assert desk.log.head() == head


def test_seats_leader_and_deputy_answer_for_one_team() -> None:
    desk = Desk()
    desk.ask(ordered(needs=(need(minimum=3, maximum=9),)))
    desk.ask(wave((planned(1, team="t"),)))
    desk.tick(seconds=91)
    desk.ask(wave((planned(2, team="t"),)))
    assert desk.ask(accept("c2"), by="person:p2").__class__ is Receipt
    desk.ask(accept("c1"), by="person:p1")
    results = [f.result for r in desk.log.after(0, 100) if isinstance(f := desk.core.event(r).fact, Answered)]
    assert results == ["accepted", "team_answered"]


def test_seats_the_crew_beyond_the_last_seat_stands_by_under_one_number() -> None:
    desk = Desk()
    desk.ask(ordered(needs=(need(minimum=3, maximum=3),)))
    desk.ask(wave((planned(1, crew=5), planned(2, crew=4, minimum_crew=2))))
    desk.ask(accept("c1", 2), by="person:p1")
    desk.ask(accept("c2", 4), by="person:p2")
    first, second = (desk.core.world.look(f"call:c{n}") for n in (1, 2))
    assert (first.seated, first.standby_no) == (2, None)
    assert (second.state, second.seated, second.standby_no) == ("standby", 0, 1)
    assert desk.core.world.look("mobilization:m-i1").needs[0].promised == 2
