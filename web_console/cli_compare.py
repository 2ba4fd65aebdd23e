"""`muster drill compare`: what one thing changed at a past moment would have come to, beside what happened; of a real incident or a drill."""

import argparse
from collections.abc import Callable, Sequence
from typing import NamedTuple

from drills.forks import Change, MoreTeams, NextWave, Shut
from drills.forks.comparing import Compared, Course
from web_console.cli_realm import Say, folder_of
from web_console.comparing import Compares, compare_past
from web_console.master_key import master_key

CHANGES = ("next-wave", "shut", "more-teams")
_MOST_BRANCHES = 200


class _Row(NamedTuple):
    zh: str
    en: str
    of: Callable[[Course], int | None]
    is_time: bool


_ROWS = (
    _Row("首批到位", "first on the spot", lambda course: course.first_ms, True),
    _Row("最少数满足", "least number met", lambda course: course.met_ms, True),
    _Row("到位最多（人）", "people on the spot at most", lambda course: course.most, False),
    _Row("召集（次）", "calls", lambda course: course.calls, False),
)


def add_compare(of: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    found = of.add_parser(
        "compare",
        help="one incident of --realm from a past moment with one thing changed, beside what happened; nothing is recorded",
    )
    found.add_argument("--incident", required=True, help="its id")
    found.add_argument("--at", required=True, type=_minutes, help="T+12: minutes after it was raised")
    found.add_argument("--change", choices=CHANGES, default="next-wave")
    found.add_argument("--more", type=_up_to(99), default=3, help="next-wave: so many calls; more-teams: so many teams")
    found.add_argument("--where", type=_place, help="shut, more-teams: LON,LAT (WGS-84)")
    found.add_argument("--radius", type=float, default=60, help="shut: metres around it")
    found.add_argument("--speciality", default="", help="more-teams: their code")
    found.add_argument("--division", default="", help="more-teams: where they belong")
    found.add_argument("--minutes", type=_up_to(24 * 60), default=120, help="how far it is played")
    found.add_argument("--branches", type=_up_to(_MOST_BRANCHES), default=20)
    found.set_defaults(run=_compare)


def _compare(options: argparse.Namespace, say: Say) -> int:
    change = _change(options)
    found = compare_past(
        folder_of(options).path, options.incident, after_min=options.at, change=change, branches=options.branches, horizon_min=options.minutes,
        master=master_key(options.home),
    )  # fmt: skip
    for line in in_words(found, options.at):
        say(line)
    return 0


def _change(options: argparse.Namespace) -> Change:
    if options.change == "next-wave":
        return NextWave(incident=options.incident, more=options.more)
    if options.where is None:
        raise ValueError("--where LON,LAT：请给出位置 · say where")
    lon, lat = options.where
    if options.change == "shut":
        return Shut(incident=options.incident, lon=lon, lat=lat, radius_m=options.radius)
    if not (options.speciality and options.division):
        raise ValueError("--speciality, --division：请写明专业和所属区划 · say their speciality and division")
    return MoreTeams(speciality=options.speciality, division=options.division, lon=lon, lat=lat, count=options.more)


def in_words(compares: Compares, after_min: float) -> list[str]:
    """The figures side by side; of branches the middle one, and the tenth and ninetieth percentile where they differ."""
    moment, found = compares
    rows = [
        f"{row.zh}：{_said(row, [found.main], moment.raised_ms)} | {_said(row, found.branches, moment.raised_ms)} · {row.en}"
        for row in _ROWS
    ]
    return [
        f"T+{after_min:g} 分叉：实际经过 | 推演分支（{len(found.branches)} 条） · what happened | the branch, {len(found.branches)} times",
        *rows,
        _people_in_words(found),
        "推演中未被实际征召者的表现为假定值，不是任何人的实测 · how people never called in the record behave is assumed",
    ]


def _people_in_words(found: Compared) -> str:
    recorded, beyond, simulated = found.people
    return (
        f"按实际记录 {recorded} 人（其中 {beyond} 人记录之后按假定），模拟 {simulated} 人，不再适用的指令 {found.refused} 条 · "
        f"{recorded} people as recorded ({beyond} of them beyond the record by assumption), {simulated} simulated, "
        f"{found.refused} commands that made no sense any more"
    )


def _said(row: _Row, courses: Sequence[Course], raised_ms: int) -> str:
    """What does not come about is later than everything that does."""
    found = sorted((row.of(course) for course in courses), key=lambda value: (value is None, value or 0))
    low, middle, high = (found[min(int(len(found) * share), len(found) - 1)] for share in (0.1, 0.5, 0.9))
    said = [_figure(each, raised_ms, is_time=row.is_time) for each in (middle, low, high)]
    return said[0] if len(set(said)) == 1 else f"{said[0]}（{said[1]}–{said[2]}）"


def _figure(value: int | None, raised_ms: int, *, is_time: bool) -> str:
    if value is None:
        return "—"
    if not is_time:
        return f"{value}"
    seconds = round((value - raised_ms) / 1000)
    return f"T+{seconds // 60}:{seconds % 60:02d}"


def _minutes(text: str) -> float:
    return float(text.upper().removeprefix("T+"))


def _up_to(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        found = int(text)
        if not 1 <= found <= most:
            raise ValueError(text)
        return found

    return number


def _place(text: str) -> tuple[float, float]:
    lon, lat = (float(part) for part in text.split(","))
    return lon, lat
