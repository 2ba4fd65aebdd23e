"""What can be recorded of people who are out: roll calls and their answers, SOS. Names, telephone numbers, free words and exact
positions are sealed under the person whose they are."""

from typing import ClassVar

import msgspec

from command.core.facts import Fact
from mobilization.facts import keys_of


class RollCrew(msgspec.Struct, frozen=True, kw_only=True):
    """A crew that is called over: `people` of it are out, numbered from 1 (who leads it). `stood_down`: it was told to go home before
    and has not said that it is back."""

    call: str
    person: str
    team: str
    people: int
    on_way: bool
    stood_down: bool = False


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Of one person of a crew: safe, hurt, help (needs it), left (went home before)."""

    no: int
    state: str


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """One person of whom nothing is known."""

    call: str
    no: int


class RollOpened(Fact, frozen=True, kw_only=True):
    """A roll call of everyone who is out for an incident. Who has not answered when it is due is missing."""

    NAME: ClassVar[str] = "roll.opened"
    incident: str
    number: int
    due_ms: int
    crews: tuple[RollCrew, ...]

    def keys(self) -> tuple[str, ...]:
        bound = keys_of(
            calls=(c.call for c in self.crews), people=(c.person for c in self.crews), teams=(c.team for c in self.crews),
            incident=self.incident,
        )  # fmt: skip
        return (f"roll:{self.incident}", *bound)


class _OfRoll(Fact, frozen=True, kw_only=True):
    incident: str
    number: int
    call: str
    person: str
    team: str

    def keys(self) -> tuple[str, ...]:
        bound = keys_of(calls=(self.call,), people=(self.person,), teams=(self.team,), incident=self.incident)
        return (f"roll:{self.incident}", *bound)


class RollJoined(_OfRoll, frozen=True, kw_only=True):
    """A crew set out, or came with more people, while the roll was called: it is on it from here on."""

    NAME: ClassVar[str] = "roll.joined"
    people: int
    on_way: bool


class RollAnswered(_OfRoll, frozen=True, kw_only=True):
    """By the leader for the crew, or noted by the desk. The later word stands; `disputed`: a tap that claims to be older than what
    the desk noted says otherwise."""

    NAME: ClassVar[str] = "roll.answered"
    marks: tuple[Mark, ...]
    noted_by: str = ""
    claimed_at_ms: int | None = None
    disputed: bool = False


class _EndOfRoll(Fact, frozen=True, kw_only=True):
    incident: str
    number: int
    missing: tuple[Missing, ...]

    def keys(self) -> tuple[str, ...]:
        calls = (each.call for each in self.missing)
        return (f"roll:{self.incident}", *keys_of(calls=calls, incident=self.incident))


class RollLost(_EndOfRoll, frozen=True, kw_only=True):
    """The roll is due and these have not answered: missing, until somebody hears of them."""

    NAME: ClassVar[str] = "roll.lost"


class RollClosed(_EndOfRoll, frozen=True, kw_only=True):
    """Everyone has answered, or the desk closed it and said why for those who are `missing` still."""

    NAME: ClassVar[str] = "roll.closed"


class _OfSos(Fact, frozen=True, kw_only=True):
    """`incident`, `call`, `team`: the task the person is on; empty where there is none."""

    person: str
    number: int
    incident: str
    call: str
    team: str

    def keys(self) -> tuple[str, ...]:
        calls, teams = [self.call] if self.call else [], [self.team] if self.team else []
        return (f"sos:{self.person}", *keys_of(calls=calls, people=(self.person,), teams=teams, incident=self.incident))


class SosRaised(_OfSos, frozen=True, kw_only=True):
    """One of our own people needs help at once. `to`: the post that is alarmed; `cell`: the 250 m cell of the position, where the
    phone gave one (exact: sealed), with its centre. Raised `again`, it is untaken again."""

    NAME: ClassVar[str] = "sos.raised"
    to: str
    division: str
    again: bool = False
    cell: str = ""
    cell_lon: float | None = None
    cell_lat: float | None = None
    noted_by: str = ""
    claimed_at_ms: int | None = None


class SosWentUp(_OfSos, frozen=True, kw_only=True):
    """Nobody took it for a minute: the tier above is alarmed too."""

    NAME: ClassVar[str] = "sos.went_up"
    to: str


class SosTaken(_OfSos, frozen=True, kw_only=True):
    """An officer has it in hand: the tone ends at every desk. `post`: whose."""

    NAME: ClassVar[str] = "sos.taken"
    post: str


class SosCalledOff(_OfSos, frozen=True, kw_only=True):
    """The person says: I am fine. `in_time`: at once, so that the alarm ends by itself; later a desk must still take it."""

    NAME: ClassVar[str] = "sos.called_off"
    in_time: bool
    noted_by: str = ""


class SosResolved(_OfSos, frozen=True, kw_only=True):
    """It is over; how is sealed."""

    NAME: ClassVar[str] = "sos.resolved"


SAFETY_FACTS: tuple[type[Fact], ...] = (
    RollOpened, RollJoined, RollAnswered, RollLost, RollClosed, SosRaised, SosWentUp, SosTaken, SosCalledOff, SosResolved,
)  # fmt: skip
