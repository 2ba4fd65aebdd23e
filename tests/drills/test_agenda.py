"""Virtual time: order by time, then by what was planned, then by who; never back; what was only put off is no reason to stop."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from command.core.asks import Ask
from command.core.facts import Command, Event, Fact
from drills.agenda import Agenda, LeftToPeople, Plan

START = 1_000


class _Nothing(Command, frozen=True, kw_only=True):
    """Asked for, and never decided."""


class _Actors:
    """Each planned key is asked for at its time, those in `later` only after they were put off once."""

    name = "actors"
    heeds: tuple[type[Fact], ...] = ()

    def __init__(self, plans: list[Plan], later: dict[str, int] | None = None) -> None:
        self._plans, self._later = plans, dict(later or {})

    def resume(self) -> list[Plan]:
        return self._plans

    def heard(self, event: Event) -> tuple[Plan, ...]:
        return ()

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        if key in self._later:
            yield Plan(now_ms + self._later.pop(key), key)
        else:
            yield Ask(command=_Nothing(), actor="person:1", command_id=f"{now_ms}/{key}")


def played(agenda: Agenda, until_ms: int = 1 << 40) -> list[tuple[int, list[str]]]:
    """(time, who asked then) until nobody asks any more."""
    found: list[tuple[int, list[str]]] = []
    now_ms = START
    while True:
        now_ms, asks = agenda.act(now_ms, until_ms)
        if not asks:
            return found
        found.append((now_ms, [ask.command_id for ask in asks]))


def test_of_one_instant_all_act_in_order_and_together() -> None:
    agenda = Agenda([_Actors([Plan(3_000, "b"), Plan(2_000, "z")]), _Actors([Plan(3_000, "a"), Plan(3_000, "b")])])
    assert played(agenda) == [(2_000, ["2000/z"]), (3_000, ["3000/a", "3000/b", "3000/b"])]


def test_what_should_have_been_is_done_now_and_time_never_goes_back() -> None:
    assert played(Agenda([_Actors([Plan(10, "late"), Plan(1_500, "in time")])])) == [
        (START, [f"{START}/late"]), (1_500, ["1500/in time"]),
    ]  # fmt: skip


def test_what_was_only_put_off_stops_nobody() -> None:
    agenda = Agenda([_Actors([Plan(2_000, "a"), Plan(2_500, "b")], later={"a": 1_000})])
    assert played(agenda) == [(2_500, ["2500/b"]), (3_000, ["3000/a"])]


def test_nothing_behind_the_end_is_done() -> None:
    agenda = Agenda([_Actors([Plan(2_000, "a"), Plan(5_000, "b")])])
    assert played(agenda, 4_000) == [(2_000, ["2000/a"])]
    assert agenda.act(2_000, 4_000) == (4_000, [])
    assert agenda.next_ms == 5_000


def test_people_who_play_act_alone_and_are_looked_at_again() -> None:
    here = [True]
    actors = _Actors([Plan(2_000, "a")])
    agenda = Agenda([LeftToPeople(actors, is_left=lambda _: here[0], waits=True)])
    assert agenda.act(START, 10_000) == (10_000, [])
    here[0] = False
    now_ms, (ask,) = agenda.act(10_000, 90_000)
    assert (now_ms, ask.actor) == (32_000, "person:1")


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(0, 50))
def test_every_plan_up_to_the_end_is_done_once_in_order(times: list[int], until: int) -> None:
    done = played(Agenda([_Actors([Plan(START + at, f"{n:02d}") for n, at in enumerate(times)])]), START + until)
    assert [at for at, _ in done] == sorted({START + at for at in times if at <= until})
    assert sum(len(asks) for _, asks in done) == sum(at <= until for at in times)
