"""Random hours of a city with too few teams: after every act the figures agree, nobody is twice anywhere, nothing is silent."""

from collections import Counter

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from incidents import AUTOMATIC, ChangeStage, DisposeIncident, Need, ReverseIncident, SetNeeds
from mobilization import (
    SEATED,
    AnswerCall,
    Call,
    CallState,
    CloseIncident,
    GiveNames,
    MergeIncidents,
    Mobilization,
    Person,
    ReportProgress,
    SetAvailability,
    StandDown,
    Team,
)
from tests.kit import CITY, COUNTY, need, raising
from tests.mobilization.kit import Force, elsewhere, team

INCIDENTS = ("i1", "i2", "i3")
BY_S = st.sampled_from((None, 40, 600))
"""Places are needed at any time; by when the nearer half can be there; or by when all can."""
PEOPLE = [f"p{n}" for n in (*range(6), *range(100, 106))]


class Hours(RuleBasedStateMachine):
    """Six teams in two counties, some of which go only whole, one led by the leader of another."""

    acts = 0

    @initialize()
    def begin(self) -> None:
        self.force = Force(
            team(0), team(1, minimum_crew=3), team(2, size=1), team(3, ladder=("p0", "p103")), team(4, size=6),
            team(5, division="990102100"),
        )  # fmt: skip
        self.look = self.force.desk.core.world.look
        self.force.call_out("i1", need(minimum=3, maximum=4), authority=CITY)

    @rule(incident=st.sampled_from(INCIDENTS), low=st.integers(1, 6), more=st.integers(0, 4), city=st.booleans(), by_s=BY_S)
    def order(self, incident: str, low: int, more: int, city: bool, by_s: int | None) -> None:
        wanted = self._wanted(low, more, by_s)
        if self.look(f"incident:{incident}") is None:
            report = raising(incident, needs=(wanted,))
            place = elsewhere() if incident == "i3" else report.place
            values = {name: getattr(report, name) for name in report.__struct_fields__} | {"place": place}
            self.force.ask(type(report)(**values), authority=CITY)
        self.force.order(incident, wanted, authority=CITY if city else COUNTY)

    @rule(incident=st.sampled_from(INCIDENTS), low=st.integers(1, 6), more=st.integers(0, 4), by_s=BY_S)
    def need_otherwise(self, incident: str, low: int, more: int, by_s: int | None) -> None:
        wanted = self._wanted(low, more, by_s)
        self.force.ask(SetNeeds(incident=incident, needs=(wanted,), screen_position=1 << 40), authority=CITY)

    @rule(
        which=st.integers(0, 8), answer=st.sampled_from(("accept", "accept", "accept", "later", "decline")), heads=st.integers(1, 6),
        noted=st.booleans(), eta=st.sampled_from((None, 15)),
    )  # fmt: skip
    def say(self, which: int, answer: str, heads: int, noted: bool, eta: int | None) -> None:
        if (call := self._call(which)) is not None:
            heads = min(heads, call.crew_max)
            command = AnswerCall(call=call.id, answer=answer, heads=heads, eta_min=eta, noted_by="officer:1" if noted else "")
            self.force.ask(command, by="officer:1" if noted else f"person:{call.person}", authority=CITY)

    @rule(which=st.integers(0, 8))
    def go_and_be_there(self, which: int) -> None:
        if (call := self._call(which)) is not None:
            for command in (AnswerCall(call=call.id, answer="accept"), ReportProgress(call=call.id, did="arrived")):
                self.force.ask(command, by=f"person:{call.person}", authority=None)

    @rule(which=st.integers(0, 8), did=st.sampled_from(("set_out", "arrived", "released")), heads=st.sampled_from((None, 1, 3)))
    def go(self, which: int, did: str, heads: int | None) -> None:
        if (call := self._call(which)) is not None:
            heads = None if heads is None or heads > call.crew_max else heads
            self.force.ask(ReportProgress(call=call.id, did=did, heads=heads), by=f"person:{call.person}", authority=None)

    @rule(which=st.integers(0, 8))
    def name(self, which: int) -> None:
        if (call := self._call(which)) is not None:
            self.force.ask(GiveNames(call=call.id, names=("甲",)), by=f"person:{call.person}", authority=None)

    @rule(person=st.sampled_from(PEOPLE), on=st.booleans())
    def come_and_go(self, person: str, on: bool) -> None:
        command = SetAvailability(person=person, availability="available" if on else "off_duty")
        self.force.ask(command, by=f"person:{person}", authority=None)

    @rule(seconds=st.sampled_from((5, 60, 95, 300, 4_000)))
    def wait(self, seconds: int) -> None:
        self.force.pass_time(seconds)

    @rule(
        incident=st.sampled_from(INCIDENTS),
        how=st.sampled_from(("stand_down", "close", "false_alarm", "reverse", "merge", "stabilised", "acting")),
    )
    def end(self, incident: str, how: str) -> None:
        into = "i1" if incident != "i1" else "i2"
        command = {
            "stand_down": StandDown(mobilization=f"m-{incident}"), "close": CloseIncident(incident=incident),
            "false_alarm": DisposeIncident(incident=incident, stage="false_alarm", reason=""),
            "reverse": ReverseIncident(incident=incident), "merge": MergeIncidents(incident=incident, into=into),
        }.get(how, ChangeStage(incident=incident, stage=how, screen_position=1 << 40))  # fmt: skip
        self.force.ask(command, authority=CITY)

    def _wanted(self, low: int, more: int, by_s: int | None) -> Need:
        by_ms = None if by_s is None else self.force.desk.clock.wall_ms() + by_s * 1000
        return msgspec.structs.replace(need(minimum=low, maximum=low + more), by_ms=by_ms)

    def _call(self, which: int) -> Call | None:
        calls = [call for call in self._calls() if call.state is not CallState.CALLED_AGAIN]
        return calls[-1 - which % min(len(calls), 9)] if calls else None

    def _calls(self) -> list[Call]:
        return [state for key in self.force.desk.core.world.keys("call") if isinstance(state := self.look(key), Call)]

    def _running(self) -> list[Mobilization]:
        found = (self.look(f"mobilization:m-{incident}") for incident in INCIDENTS)
        return [state for state in found if isinstance(state, Mobilization)]

    @invariant()
    def figures_are_sums_of_what_the_calls_hold(self) -> None:
        Hours.acts += 1
        for state in self._running():
            for seats in state.needs:
                parts = [part for part in state.parts.values() if part.speciality == seats.speciality]
                assert seats.promised == sum(part.seated for part in parts)
                assert seats.confirmed == sum(part.confirmed for part in parts)
                assert seats.arrived == sum(part.arrived for part in parts)
                assert seats.open == sum(part.state is CallState.OPEN for part in parts)
                assert 0 <= seats.confirmed <= seats.promised
            for part in state.parts.values():
                call = self.look(f"call:{part.call}")
                held = ("state", "seated", "confirmed", "arrived", "waits", "standby_no")
                assert [getattr(part, name) for name in held] == [getattr(call, name) for name in held]
                assert part.state in SEATED or state.over or part.seated == 0

    @invariant()
    def seats_are_never_given_beyond_the_maximum(self) -> None:
        """What was promised before the needs were lowered stays; above that nothing is given."""
        before = getattr(self, "_promised", {})
        now = {(state.id, s.speciality): (s.promised, s.maximum) for state in self._running() for s in state.needs}
        for key, (promised, maximum) in now.items():
            assert promised <= max(maximum, before.get(key, (0, 0))[0])
        self._promised = now

    @invariant()
    def nobody_is_twice_anywhere(self) -> None:
        calls = [call for call in self._calls() if call.state in SEATED]
        for kind, of in (("person", Counter(call.person for call in calls)), ("team", Counter(call.team for call in calls))):
            assert not of or max(of.values()) == 1, kind
        for call in calls:
            assert self.look(f"person:{call.person}").engaged == self.look(f"team:{call.team}").engaged == call.id
        engaged = {call.id for call in calls}
        for key in (*self.force.desk.core.world.keys("person"), *self.force.desk.core.world.keys("team")):
            state = self.look(key)
            assert isinstance(state, Person | Team)
            assert state.engaged is None or state.engaged in engaged
            assert all(self.look(f"call:{call}").state is CallState.OPEN for call in state.open)
        for call in self._calls():
            if call.state is CallState.OPEN:
                assert call.id in self.look(f"person:{call.person}").open
                assert call.id in self.look(f"team:{call.team}").open
                assert self.force.desk.core.world.due_at(f"call:{call.id}", "lapse") is not None

    @invariant()
    def a_call_out_that_is_short_is_never_silent(self) -> None:
        for state in self._running():
            incident = self.look(f"incident:{state.incident}")
            if state.over or incident.stage not in AUTOMATIC or not state.is_short or not state.is_silent:
                continue
            assert self.force.desk.core.world.due_at(f"mobilization:{state.id}", "look_again") is not None
            for seats in state.needs:
                assert not seats.short or any(up.speciality == seats.speciality for up in state.asked_up), "the tier above knows"


HARD = settings(max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_forces_agree_after_every_act() -> None:
    """The machine's own invariants assert; here it is run."""
    run_state_machine_as_test(Hours, settings=HARD)
    assert Hours.acts > HARD.max_examples
