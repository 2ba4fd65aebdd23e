"""An SOS: in any state, up the tiers until somebody takes it; a "no harm" at once, and one that comes later."""

from command.core.asks import Outcome, Receipt
from command.core.errors import Refused
from command.core.facts import Authority, Command
from mobilization import CallOffSos, RaiseSos, ResolveSos, Sos, StandDown, TakeSos
from tests.kit import CITY, COUNTY, TOWNSHIP
from tests.mobilization.kit import Force, team

ELSEWHERE = Authority(post="990102", role="duty_officer")


class Alarm(Force):
    def __init__(self) -> None:
        super().__init__(*(team(n) for n in range(3)))

    def press(self, person: str = "p0", at: tuple[float, float] | None = None) -> Outcome:
        lon, lat = at if at is not None else (None, None)
        return self.own(RaiseSos(person=person, division="990101001", lon=lon, lat=lat))

    def own(self, command: Command, person: str = "p0") -> Outcome:
        return self.ask(command, by=f"person:{person}", authority=None)

    def sos(self, person: str = "p0") -> Sos:
        found = self.desk.core.world.look(f"sos:{person}")
        assert isinstance(found, Sos)
        return found


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def test_untaken_it_goes_up_a_tier_a_minute_and_stops_once_it_is_taken() -> None:
    alarm = Alarm()
    alarm.press()
    assert alarm.sos().to == ("990101",), "on no task it goes to the person's county"
    alarm.pass_time(59)
    assert alarm.sos().to == ("990101",)
    alarm.press()  # pressed again while nobody has it: it goes up no later for that
    alarm.pass_time(1)
    assert alarm.sos().to == ("990101", "9901")
    alarm.pass_time(300)
    assert alarm.names().count("sos.went_up") == 1, "above the city there is nobody"
    assert code(alarm.ask(ResolveSos(person="p0", words="已送医"), authority=CITY)) == "sos.not_taken"
    assert isinstance(alarm.ask(TakeSos(person="p0"), authority=CITY), Receipt)
    assert code(alarm.ask(TakeSos(person="p0"), by="officer:2", authority=COUNTY)) == "sos.taken"
    assert code(alarm.ask(ResolveSos(person="p0", words=" "), authority=CITY)) == "sos.words"
    alarm.ask(ResolveSos(person="p0", words="已送医"), authority=CITY)
    assert not alarm.sos().is_open
    alarm.press()
    assert (alarm.sos().number, alarm.sos().is_alarm) == (2, True)


def test_on_a_task_its_lead_is_alarmed_and_pressing_again_after_it_was_taken_alarms_again() -> None:
    alarm = Alarm()
    alarm.call_out()
    alarm.says("p0", "accept", 3)
    alarm.does("p0", "set_out")
    alarm.press(at=(111.3, 30.7))
    assert (alarm.sos().incident, alarm.sos().team, alarm.sos().to) == ("i1", "t00", ("990101",))
    alarm.ask(TakeSos(person="p0"), authority=TOWNSHIP)
    alarm.pass_time(120)
    assert "sos.went_up" not in alarm.names()
    alarm.press()
    assert alarm.sos().is_alarm
    alarm.pass_time(60)
    assert alarm.sos().to == ("990101", "9901")
    alarm.ask(StandDown(mobilization="m-i1"))
    assert alarm.sos().is_alarm, "whatever becomes of the call-out"


def test_fine_at_once_silences_it_and_later_does_not() -> None:
    alarm = Alarm()
    alarm.press()
    alarm.pass_time(9)
    alarm.own(CallOffSos(person="p0"))
    assert (alarm.sos().is_alarm, alarm.sos().is_open) == (False, True), "the desk still sees it"
    alarm.pass_time(120)
    assert "sos.went_up" not in alarm.names()
    alarm.ask(ResolveSos(person="p0", words="误触，已核实"))
    alarm.press()
    alarm.pass_time(11)
    alarm.own(CallOffSos(person="p0"))
    assert alarm.sos().is_alarm


def test_only_the_person_presses_and_only_a_post_concerned_notes_takes_and_ends_it() -> None:
    alarm = Alarm()
    assert code(alarm.own(RaiseSos(person="p0", division="990101001"), "p1")) == "call.not_yours"
    noted = RaiseSos(person="p0", division="990101001", noted_by="officer:1", said_by="同伴", said_on="139", words="落水")
    assert code(alarm.ask(noted, authority=ELSEWHERE)) == "authority.division"
    assert code(alarm.ask(noted, authority=Authority(post="990101", role="trainer"))) == "authority.role"
    alarm.ask(noted)
    assert alarm.sos().noted_by == "officer:1"
    assert code(alarm.ask(TakeSos(person="p0"), authority=ELSEWHERE)) == "authority.division"
    assert code(alarm.ask(TakeSos(person="p1"))) == "sos.none"
    assert code(alarm.own(CallOffSos(person="p0"), "p1")) == "call.not_yours"
