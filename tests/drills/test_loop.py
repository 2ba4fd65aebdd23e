"""Virtual time: order by time, ties as planned, never back, deadlines first."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from command.core.clock import ManualClock
from drills.loop import Agenda, run

START = 1_000


def played(times: list[int], *, due: list[int] | None = None, chain: dict[int, int] | None = None) -> list[tuple[int, int]]:
    """(virtual time, act) as done, where act number n was planned n-th; act n plans another `chain[n]` ms later, once."""
    agenda: Agenda[int] = Agenda()
    clock = ManualClock(START)
    done: list[tuple[int, int]] = []
    deadlines, more = sorted(due or []), dict(chain or {})

    async def perform(act: int) -> None:
        done.append((clock.wall_ms(), act))
        if act in more:
            agenda.plan(clock.wall_ms() + more.pop(act), act)

    async def settle() -> None:
        while deadlines and deadlines[0] <= clock.wall_ms():
            done.append((clock.wall_ms(), -deadlines.pop(0)))

    for number, at_ms in enumerate(times):
        agenda.plan(at_ms, number)
    asyncio.run(run(agenda, clock=clock, perform=perform, settle=settle, next_due_ms=lambda: deadlines[0] if deadlines else None))
    return done


@given(st.lists(st.integers(START, START + 20)))
def test_by_time_and_ties_as_planned(times: list[int]) -> None:
    assert played(times) == sorted((at_ms, number) for number, at_ms in enumerate(times))


@given(st.lists(st.integers(0, START + 20)), st.dictionaries(st.integers(0, 5), st.integers(0, 9)))
def test_time_never_goes_back_and_nothing_is_forgotten(times: list[int], chain: dict[int, int]) -> None:
    done = played(times, chain=chain)
    assert [at_ms for at_ms, _ in done] == sorted(at_ms for at_ms, _ in done)
    assert len(done) == len(times) + sum(number < len(times) for number in chain)


@given(st.lists(st.integers(START, START + 20)), st.lists(st.integers(START, START + 20)))
def test_a_fallen_deadline_speaks_before_the_acts_of_its_moment(times: list[int], due: list[int]) -> None:
    done = played(times, due=due)
    for at_ms in due:
        assert (at_ms, -at_ms) in done
        before = done[: done.index((at_ms, -at_ms))]
        assert all(earlier < at_ms or act < 0 for earlier, act in before)


def test_until_leaves_the_rest_for_later() -> None:
    agenda: Agenda[str] = Agenda()
    clock, done = ManualClock(START), list[str]()

    async def perform(act: str) -> None:
        done.append(act)

    async def settle() -> None:
        return

    for at_ms, act in ((START + 5, "in"), (START + 6, "out")):
        agenda.plan(at_ms, act)
    count = asyncio.run(
        run(agenda, clock=clock, perform=perform, settle=settle, next_due_ms=lambda: None, until_ms=START + 5)
    )  # fmt: skip
    assert (count, done, clock.wall_ms(), agenda.next_ms()) == (1, ["in"], START + 5, START + 6)
