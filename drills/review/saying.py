"""Times and figures as a review writes them: clock times are Beijing's, durations as on every screen of the house."""

from datetime import datetime, timedelta, timezone

from drills.review.words import DATE, DAYS, FROM_TO, HOURS, Lang, word

BEIJING = timezone(timedelta(hours=8), "UTC+8")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_ROOM = 12


def moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, BEIJING)


def stamp(at_ms: int) -> str:
    """2026-07-14 20:49:05: in lists, where it is looked up."""
    return moment(at_ms).strftime("%Y-%m-%d %H:%M:%S")


def day(at_ms: int, lang: Lang) -> str:
    at = moment(at_ms)
    return word(DATE, lang, at=at, month=MONTHS[at.month - 1])


def from_to(began_ms: int, ended_ms: int, lang: Lang) -> str:
    """The second day is named where it is another."""
    began, ended = (f"{day(each, lang)} {moment(each):%H:%M}" for each in (began_ms, ended_ms))
    is_same_day = moment(began_ms).date() == moment(ended_ms).date()
    return word(FROM_TO, lang, began=began, ended=f"{moment(ended_ms):%H:%M}" if is_same_day else ended)


def exercise_time(seconds: float) -> str:
    """T+0:58; with seconds where it is not on the minute: T+0:58:20. Before the start: T-0:05."""
    whole = round(abs(seconds))
    sign = "-" if seconds < 0 and whole else "+"
    minutes, left = divmod(whole, _MINUTE)
    return f"T{sign}{minutes // 60}:{minutes % 60:02d}" + (f":{left:02d}" if left else "")


def lasting(seconds: float, lang: Lang) -> str:
    """0:47 to 59:59, then 1 h 36 m, from a day on 2 d 3 h."""
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE}:{whole % _MINUTE:02d}"
    if whole < _DAY:
        return word(HOURS, lang, hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)
    return word(DAYS, lang, days=whole // _DAY, hours=whole % _DAY // _HOUR)


def number(value: float) -> str:
    """1,204; a fraction to one place."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def shortened(root: str) -> str:
    """7f3a…c21e: for the foot of a page."""
    return root if len(root) <= _ROOM else f"{root[:4]}…{root[-4:]}"
