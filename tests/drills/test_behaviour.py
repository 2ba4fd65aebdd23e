"""Behaviour is data: every figure says where it is from, and ten thousand simulated people come to what the file says."""

from statistics import median

import pytest

from drills.behaviour import ASSUMED, BEHAVIOUR, Figure, is_night, read_behaviour
from drills.courses import Course
from drills.responders import Responders
from tests.drills.people import MIDNIGHT_MS, NOON_MS, TEXT, call

MANY = 10_000
PROFILES = sorted(BEHAVIOUR.profiles)


def courses(profile: str, *, count: int = MANY, at_ms: int = NOON_MS, seed: int = 1) -> list[Course]:
    crowd = Responders(seed=seed, profile_of=lambda _: profile)
    return [crowd.course(call(number, asked_ms=at_ms)) for number in range(count)]


def test_every_figure_has_a_source_and_what_is_assumed_says_why() -> None:
    figures: list[tuple[str, Figure]] = [
        (f"{name}.{field}", f) for name in PROFILES for field, f in BEHAVIOUR.profiles[name].figures()
    ]
    figures += [(f"shift.{shift.speciality}", shift) for shift in BEHAVIOUR.shifts]
    assert len(figures) > 90
    for name, figure in figures:
        assert figure.source == ASSUMED or any(digit.isdigit() for digit in figure.source), f"{name}: which of whose numbers"
        assert figure.source != ASSUMED or len(figure.why) > 10, name


@pytest.mark.parametrize("profile", PROFILES)
def test_ten_thousand_people_come_to_the_figures_of_the_file(profile: str) -> None:
    said = BEHAVIOUR.profiles[profile]
    count = MANY if said.accept.share > 0.2 else 6 * MANY  # so few say yes that ten thousand come within 3 % only by luck
    drawn = courses(profile, count=count)
    share = {each: sum(course.answer == each for course in drawn) / count for each in ("accept", "decline", "later")}
    assert share["accept"] == pytest.approx(said.accept.share, rel=0.03)
    assert share["decline"] == pytest.approx(said.decline.share, rel=0.03)
    assert median(course.answer_ms for course in drawn) == pytest.approx(said.answer.median_s * 1000, rel=0.03)
    assert median(course.turnout_ms for course in drawn) == pytest.approx(said.turnout_by_day.median_s * 1000, rel=0.03)
    assert sum(course.back_at is not None for course in drawn) / count == pytest.approx(said.turns_back.share, abs=0.01)
    assert sum(course.lost_ms > 0 for course in drawn) / count == pytest.approx(said.lost.share, abs=0.01)
    assert sum(course.quiet != (0, 0) for course in drawn) / count == pytest.approx(said.radio_fails.share, abs=0.01)
    assert all(2 <= course.heads <= 6 for course in drawn)


def test_those_near_by_move_as_the_tracks_of_responders_did() -> None:
    speeds = sorted(course.speed_m_s for course in courses("proximity_alert"))
    assert speeds[MANY // 2] == pytest.approx(2.3, rel=0.03)
    assert (speeds[MANY // 4], speeds[3 * MANY // 4]) == pytest.approx((1.4, 4.0), rel=0.05), "the quartiles of the study"


def test_by_night_they_turn_out_later_and_fewer_say_yes() -> None:
    assert is_night(MIDNIGHT_MS)
    assert not is_night(NOON_MS)
    assert [is_night(MIDNIGHT_MS + hours * 3_600_000) for hours in (-3, -2, 5, 6)] == [False, True, True, False]
    day, night = courses("proximity_alert"), courses("proximity_alert", at_ms=MIDNIGHT_MS)
    assert median(course.turnout_ms for course in night) == pytest.approx(142_000, rel=0.03)
    assert sum(c.answer == "accept" for c in night) < 0.9 * sum(c.answer == "accept" for c in day)
    assert sum(c.answer == "decline" for c in night) == pytest.approx(sum(c.answer == "decline" for c in day), rel=0.05)


def test_the_seed_alone_decides() -> None:
    assert courses("cold_list", count=9) == courses("cold_list", count=9)
    assert courses("cold_list", count=9) != courses("cold_list", count=9, seed=2)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("share = 0.23", "share = 1.2", "profile proximity_alert: accept.share: Expected `float` <= 1.0"),
        ("share = 0.23", "share = nan", "profile proximity_alert: accept"),
        ("median_s = 102", "median_s = 0", "profile proximity_alert: turnout_by_day.median_s: Expected `float` > 0.0"),
        ("median_s = 102", "median_s = inf", "profile proximity_alert: turnout_by_day: a number without end, or none"),
        ("accept = { share = 0.55", "accept = { share = 0.9", "profile standing_team: accept, decline and put_off: more than everybody"),
        ("at_work = 0.4", "at_work = 0.5", "profile proximity_alert: reasons: the shares do not make one"),
        ('source = "assumed", why = "does not know the way"', 'source = "assumed"', "profile cold_list: pace: assumed, and does not say why"),
        ('source = "assumed", why = "does not know the way"', 'source = ""', "profile cold_list: pace.source: Expected `str` of length >= 1"),
        ("pace = { median = 1.1", "pace = { median = 9", "profile cold_list: pace: the median lies outside its bounds"),
        ("pace = { median = 1.1", "stride = { median = 1.1", "profile cold_list: Object contains unknown field `stride`"),
        ('speciality = ""', 'speciality = "FLYING"', "shift: none stands for every other speciality"),
        ("hours = 8", "hours = -8", "shift 1: hours: Expected `float` > 0.0"),
        ("\n[common]", "\n[comon]", "comon: no such part"),
        ("\n[common]", "\n[common", "Expected ']' at the end of a table declaration"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_its_name_the_profile_and_the_field(was: str, now: str, said: str) -> None:
    assert was in TEXT
    with pytest.raises(ValueError, match=r"^mine\.toml: ") as raised:
        read_behaviour(TEXT.replace(was, now, 1), name="mine.toml")
    assert str(raised.value).startswith(f"mine.toml: {said}")
