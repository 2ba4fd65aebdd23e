"""What one simulated person will do with one call, one roll call, one order: drawn once, whole, from its id and a seed alone.

Pure: the same arguments give the same course in any process, so what was drawn may be kept or drawn again.
"""

import hashlib
import random
from functools import lru_cache
from typing import NamedTuple

from drills.behaviour import Profile, is_night

_HELD = 1 << 17
_TIRES_FROM = 0.5
"""Whoever leaves before the turn of work ends does so in its second half."""


class Course(NamedTuple):
    """Delays in milliseconds, each after what it follows. `answer`: accept, decline, later, or "" (silent); `seen_ms` None: never
    looks. `later_ms`: how long the one who says later waits. `speed_m_s` 0: travels at `pace` times what was reckoned. `back_at`:
    the part of the way after which it turns back. `stays`: part of a turn of work. `quiet`: from when, after the call, and for how
    long nothing can be sent."""

    answer: str
    reason: str
    heads: int
    seen_ms: int | None
    answer_ms: int
    later_ms: int
    turnout_ms: int
    speed_m_s: float
    pace: float
    lost_ms: int
    back_at: float | None
    stays: float
    packing_ms: int
    quiet: tuple[int, int]

    def travel_ms(self, *, metres: int, seconds: int) -> int:
        """The way, without getting lost."""
        return round(metres / self.speed_m_s * 1000) if self.speed_m_s else round(seconds * 1000 * self.pace)


@lru_cache(maxsize=_HELD)
def course_of(
    call: str, person: str, *, crew: tuple[int, int], asked_ms: int, asked_before: int, seed: int, profile: Profile
) -> Course:
    """`crew`: its least and most; `asked_before`: calls to this person in the 24 hours before this one."""
    chance = _chance(seed, "call", call, person)
    answer = _answer(chance.random(), profile, asked_ms, asked_before)
    answer_ms, seen_ms = profile.answer.draw_ms(chance), profile.seen.draw_ms(chance)
    looks = profile.looks.falls(chance) or bool(answer)
    reason, later_ms = profile.reasons.draw(chance), profile.later.draw_ms(chance)
    turnout = profile.turnout_by_night if is_night(asked_ms) else profile.turnout_by_day
    heads, turnout_ms = chance.randint(*crew), turnout.draw_ms(chance)
    speed = profile.speed_m_s.draw(chance) if profile.speed_m_s is not None else 0.0
    pace = profile.pace.draw(chance) if profile.pace is not None else 1.0
    is_lost, lost_ms = profile.lost.falls(chance), profile.lost_for.draw_ms(chance)
    turns, back_at = profile.turns_back.falls(chance), chance.random()
    fails, quiet = profile.radio_fails.falls(chance), (profile.radio_within.draw_ms(chance), profile.radio_for.draw_ms(chance))
    tires, stays = profile.tires.falls(chance), chance.uniform(_TIRES_FROM, 1)
    return Course(
        answer=answer, reason=reason if answer == "decline" else "", heads=heads, seen_ms=min(seen_ms, answer_ms) if looks else None,
        answer_ms=answer_ms, later_ms=later_ms if answer == "later" else 0, turnout_ms=turnout_ms, speed_m_s=speed, pace=pace,
        lost_ms=lost_ms if is_lost else 0, back_at=back_at if turns else None, stays=stays if tires else 1.0,
        packing_ms=profile.packing.draw_ms(chance), quiet=quiet if fails else (0, 0),
    )  # fmt: skip


def _answer(drawn: float, profile: Profile, asked_ms: int, asked_before: int) -> str:
    """Fatigue and the night take from the yes and give to silence."""
    willing = profile.fatigue.after(asked_before) * (profile.accept_by_night.share if is_night(asked_ms) else 1)
    shares = (
        ("accept", profile.accept.share * willing),
        ("decline", profile.decline.share),
        ("later", profile.put_off.share * willing),
    )
    for name, share in shares:
        if drawn < share:
            return name
        drawn -= share
    return ""


class RollCourse(NamedTuple):
    """`answer_ms` None: the leader says nothing. By number within the crew: `unseen` are found after so long; `hurt` are."""

    answer_ms: int | None
    unseen: dict[int, int]
    hurt: frozenset[int]


@lru_cache(maxsize=_HELD)
def roll_course(roll: str, call: str, *, people: int, seed: int, profile: Profile) -> RollCourse:
    """`roll`: which of them. More people drawn leave the first as they were."""
    chance = _chance(seed, "roll", roll, call)
    answers, answer_ms = profile.answers_roll.falls(chance), profile.roll.draw_ms(chance)
    drawn = [
        (no, profile.unaccounted.falls(chance), profile.found_after.draw_ms(chance), profile.hurt.falls(chance))
        for no in range(1, people + 1)
    ]
    unseen = {no: found_ms for no, is_unseen, found_ms, _ in drawn if is_unseen and no > 1}
    return RollCourse(answer_ms if answers else None, unseen, frozenset(no for no, _, _, is_hurt in drawn if is_hurt))


class OrderCourse(NamedTuple):
    """`receipt_ms` None: it is not heard; `comes_to`: done, cannot, or "" (no more is said)."""

    receipt_ms: int | None
    comes_to: str
    work_ms: int


@lru_cache(maxsize=_HELD)
def order_course(order: str, call: str, *, seed: int, profile: Profile, loud: bool) -> OrderCourse:
    """`loud`: an order that is obeyed at once."""
    chance = _chance(seed, "order", order, call)
    hears, receipt_ms, drawn = profile.receives.falls(chance), profile.receipt.draw_ms(chance), chance.random()
    done = profile.done.share
    comes_to = "done" if drawn < done else "cannot" if drawn < done + profile.cannot.share else ""
    return OrderCourse(receipt_ms if hears else None, comes_to, (profile.withdraw if loud else profile.work).draw_ms(chance))


def _chance(seed: int, *about: str) -> random.Random:
    digest = hashlib.sha256("/".join((str(seed), *about)).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 -- a simulation
