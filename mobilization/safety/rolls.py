"""Decisions about roll calls: nobody who is out is left off the roll, and a later word always counts."""

from collections.abc import Iterator, Sequence

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from incidents import acts_on, check_lead, find
from mobilization.claims import claim_of
from mobilization.ending import mobilization_of
from mobilization.finding import find_own_call, sealed_words
from mobilization.safety.commands import AnswerRoll, CloseRoll, MissRoll, OpenRoll
from mobilization.safety.crews import crews_out, roll_of, unanswered
from mobilization.safety.facts import Mark, Missing, RollAnswered, RollClosed, RollJoined, RollLost, RollOpened
from mobilization.safety.states import ANSWERS, LOST, Roll, Row
from mobilization.states import Call

_MINUTE_MS = 60_000
DUE_MOST_MIN = 120


def open_roll(look: Look, command: OpenRoll, moment: Moment) -> Iterator[Fact]:
    incident = find(look, command.incident)
    check_lead(acts_on(moment.authority, incident.place), incident)
    held = roll_of(look, incident.id)
    if held is not None and held.is_open:
        raise Refused("roll.open")
    if not 1 <= command.due_min <= DUE_MOST_MIN:
        raise Refused("roll.due", most=DUE_MOST_MIN)
    crews = crews_out(look, mobilization_of(incident.id))
    if not crews:
        raise Refused("roll.nobody")
    yield RollOpened(
        incident=incident.id, number=held.number + 1 if held is not None else 1, crews=crews,
        due_ms=moment.now_ms + command.due_min * _MINUTE_MS,
    )  # fmt: skip


def joining(look: Look, call: Call, people: int, *, on_way: bool) -> Iterator[Fact]:
    """Who sets out while the roll is called is on it."""
    roll = roll_of(look, call.incident)
    if roll is None or not roll.is_open:
        return
    row = roll.rows.get(call.id)
    if row is None or row.people < people:
        yield RollJoined(
            incident=call.incident,
            number=roll.number,
            call=call.id,
            person=call.person,
            team=call.team,
            people=people,
            on_way=on_way,
        )


def answer_roll(look: Look, command: AnswerRoll, moment: Moment) -> Iterator[Fact | Sealed]:
    """All of the crew at once, or some; also after it was due, and after it was closed."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    roll = roll_of(look, call.incident)
    row = roll.rows.get(call.id) if roll is not None else None
    if roll is None or row is None:
        raise Refused("roll.not_on_it")
    _check(command.marks, row)
    marks = tuple(mark for mark in command.marks if _is_news(row, mark, command, moment))
    if not marks and not command.words:
        return
    claimed = claim_of(command.claimed_at_ms, moment.now_ms)
    fact = RollAnswered(
        incident=roll.incident, number=roll.number, call=call.id, person=call.person, team=call.team, marks=marks or command.marks,
        noted_by=command.noted_by, claimed_at_ms=claimed, disputed=_is_disputed(row, marks, claimed, roll),
    )  # fmt: skip
    yield sealed_words(fact, call.person, words=command.words, said_by=command.said_by, said_on=command.said_on)
    now_known = {(call.id, mark.no) for mark in marks}
    if roll.is_open and all((each.call, each.no) in now_known for each in unanswered(look, roll)):
        yield RollClosed(incident=roll.incident, number=roll.number, missing=())


def _check(marks: Sequence[Mark], row: Row) -> None:
    numbers = [mark.no for mark in marks]
    if not marks or len(set(numbers)) != len(numbers) or not all(1 <= no <= row.people for no in numbers):
        raise Refused("roll.numbers", people=row.people)
    if not all(mark.state in ANSWERS for mark in marks):
        raise Refused("roll.answer")


def _is_news(row: Row, mark: Mark, command: AnswerRoll, moment: Moment) -> bool:
    """Another state, or the same from another mouth; never what was said before the word that stands."""
    held = row.marks.get(mark.no)
    if held is None or held.state == LOST:
        return True
    return held.state != mark.state and (not command.noted_by or moment.learned_ms >= held.said_ms)


def _is_disputed(row: Row, marks: Sequence[Mark], claimed_at_ms: int | None, roll: Roll) -> bool:
    """The phone says that this was tapped before the desk noted otherwise."""
    noted = [held.said_ms for mark in marks if (held := row.marks.get(mark.no)) is not None and held.noted_by]
    return claimed_at_ms is not None and any(roll.opened_ms <= claimed_at_ms < said_ms for said_ms in noted)


def miss_roll(look: Look, command: MissRoll, _moment: Moment) -> Iterator[Fact]:
    """It is due: who is silent is missing from here on; where nobody is left to wait for, it ends."""
    roll = roll_of(look, command.incident)
    if roll is None or not roll.is_open or roll.late:
        return
    missing = tuple(unanswered(look, roll))
    kind = RollLost if missing else RollClosed
    yield kind(incident=roll.incident, number=roll.number, missing=missing)


def close_roll(look: Look, command: CloseRoll, moment: Moment) -> Iterator[Fact | Sealed]:
    incident = find(look, command.incident)
    check_lead(acts_on(moment.authority, incident.place), incident)
    roll = roll_of(look, incident.id)
    if roll is None:
        raise Refused("roll.none")
    if not roll.is_open:
        return
    missing: tuple[Missing, ...] = tuple(unanswered(look, roll))
    if missing and not command.reason.strip():
        raise Refused("roll.reason", people=len(missing))
    fact = RollClosed(incident=roll.incident, number=roll.number, missing=missing)
    yield Sealed(fact, f"incident:{incident.id}", {"reason": command.reason}) if command.reason.strip() else fact
