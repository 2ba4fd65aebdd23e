"""A kernel in memory with the wave policy beside it: everything that follows by itself follows at once, without a house."""

from collections.abc import Sequence

from command.core.asks import Ask, Outcome, Receipt
from command.core.facts import NOW, Authority, Command, Times
from geo import straight_line
from incidents import Incident, Need, Place
from mobilization import AnswerCall, Call, CallState, Mobilization, OrderCall, Part, ReportProgress
from mobilization.planning import Outlook
from mobilization.policies import WavePolicy
from mobilization.roster import Contact, Roster, RosterTeam
from tests.kit import COUNTY, Desk, need, place, raising

FAR_MS = 1 << 50


def team(
    number: int, *, ladder: Sequence[str] = (), size: int = 4, minimum_crew: int = 1, division: str = "990101001"
) -> RosterTeam:
    """Team t{number}, the farther from the place the higher its number; its leader is p{number}, its deputy p{number + 100}."""
    return RosterTeam(
        id=f"t{number:02d}", speciality="FIRST_AID", division=division, lon=111.3 + number / 1000, lat=30.7, size=size,
        minimum_crew=minimum_crew, ladder=tuple(ladder) or (f"p{number}", f"p{number + 100}"),
    )  # fmt: skip


class Force:
    """`teams` are the roster. Words for what people do; after each, everything settles."""

    def __init__(self, *teams: RosterTeam) -> None:
        self.desk = Desk()
        self.set_roster(*teams)
        self._policy = WavePolicy(look=self.desk.core.world.look, outlook=lambda: self.outlook, keep=lambda *_: None)
        self._followed = 0

    def set_roster(self, *teams: RosterTeam) -> None:
        people = {
            person: Contact(id=person, adult_from_ms=0, insured_until_ms=FAR_MS, credentials={"FIRST_AID": FAR_MS})
            for each in teams for person in each.ladder
        }  # fmt: skip
        self.outlook = Outlook(Roster(rev=1, teams=teams, people=people), straight_line, lambda _: True)

    def ask(
        self, command: Command, *, by: str = "officer:1", authority: Authority | None = COUNTY, times: Times = NOW
    ) -> Outcome:
        outcome = self.desk.ask(command, by=by, authority=authority, times=times)
        self.settle()
        return outcome

    def settle(self) -> None:
        """Policies follow the log to its end, and come back through the same turn."""
        while self.desk.log.after(self._followed, 1):
            self.desk.core.turn(self.follow(1))

    def follow(self, most: int = 1_000) -> list[Ask]:
        """What the policy asks for after the next events, as long as nothing of it is done."""
        records = self.desk.log.after(self._followed, most)
        self._followed = records[-1].position
        events = [self.desk.core.event(record) for record in records]
        asks = [self._policy.follow(event) for event in events if isinstance(event.fact, self._policy.heeds)]
        return [ask for ask in asks if ask is not None]

    def pass_time(self, seconds: float) -> None:
        """Deadlines fall one after the other, each in its time."""
        until_ms = self.desk.clock.wall_ms() + round(seconds * 1000)
        core = self.desk.core
        while (due_ms := core.world.next_due_ms()) is not None and due_ms <= until_ms:
            self.desk.clock.advance(ms=max(due_ms - self.desk.clock.wall_ms(), 0))
            core.turn([])
            self.settle()
        self.desk.clock.advance(ms=until_ms - self.desk.clock.wall_ms())

    def call_out(self, incident: str = "i1", *needs: Need, authority: Authority = COUNTY, at: Place | None = None) -> None:
        wanted = needs or (need(minimum=3, maximum=4),)
        report = raising(incident, needs=wanted)
        report = (
            report if at is None else type(report)(**{n: getattr(report, n) for n in report.__struct_fields__} | {"place": at})
        )
        assert isinstance(self.ask(report, authority=authority), Receipt)
        self.order(incident, authority=authority)

    def order(self, incident: str = "i1", *needs: Need, authority: Authority = COUNTY) -> Outcome:
        return self.ask(OrderCall(mobilization=f"m-{incident}", incident=incident, needs=needs), authority=authority)

    def incident(self, incident: str = "i1") -> Incident:
        state = self.desk.core.world.look(f"incident:{incident}")
        assert isinstance(state, Incident)
        return state

    def running(self, incident: str = "i1") -> Mobilization:
        state = self.desk.core.world.look(f"mobilization:m-{incident}")
        assert isinstance(state, Mobilization)
        return state

    def parts(self, incident: str = "i1", *states: CallState) -> list[Part]:
        return [part for part in self.running(incident).parts.values() if not states or part.state in states]

    def called(self, incident: str = "i1") -> list[str]:
        """Who is being called now."""
        return [part.person for part in self.parts(incident, CallState.OPEN)]

    def call_of(self, person: str, incident: str = "i1") -> Call:
        """The newest call to this person."""
        found = [part.call for part in self.running(incident).parts.values() if part.person == person]
        state = self.desk.core.world.look(f"call:{found[-1]}")
        assert isinstance(state, Call)
        return state

    def says(
        self, person: str, answer: str, heads: int | None = None, *, incident: str = "i1", eta_min: int | None = None
    ) -> Outcome:
        call = self.call_of(person, incident)
        return self.ask(
            AnswerCall(call=call.id, answer=answer, heads=heads, eta_min=eta_min), by=f"person:{person}", authority=None
        )

    def does(self, person: str, did: str, heads: int | None = None, *, incident: str = "i1") -> Outcome:
        call = self.call_of(person, incident)
        return self.ask(ReportProgress(call=call.id, did=did, heads=heads), by=f"person:{person}", authority=None)

    def figures(self, incident: str = "i1") -> tuple[int, int, int]:
        """Promised, confirmed, arrived of the first need."""
        seats = self.running(incident).needs[0]
        return seats.promised, seats.confirmed, seats.arrived

    def names(self) -> list[str]:
        return self.desk.names()


def elsewhere() -> Place:
    return place(("9901", "990102", "990102100"))
