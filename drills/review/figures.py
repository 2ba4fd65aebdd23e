"""Figures of a review as people read them."""

from drills.measures.scoring import BY_HAND, MET, MISSED, NOT_PLAYED, OPEN, Verdict
from drills.review.shape import Words

_OUTCOMES = {
    MET: ("达到", "met"), MISSED: ("未达到", "missed"), OPEN: ("未完", "still open"), BY_HAND: ("待人工评定", "to be scored by a person"),
    NOT_PLAYED: ("未实施", "not played"),
}  # fmt: skip


def clock(ms: int) -> str:
    """Time of play: T+h:mm:ss."""
    seconds = round(ms / 1000)
    sign, seconds = ("-" if seconds < 0 else "+"), abs(seconds)
    return f"T{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def took(seconds: float) -> str:
    """m:ss below an hour, then h:mm:ss."""
    whole = round(seconds)
    if whole < 3600:  # noqa: PLR2004 -- seconds of an hour
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def share(value: float) -> str:
    """Whole per cent."""
    return f"{round(value * 100)}%"


def verdict_in_words(verdict: Verdict) -> Words:
    """How it came out, and against what."""
    zh, en = _OUTCOMES[verdict.outcome]
    if verdict.took_s is not None and verdict.term_s is not None:
        zh, en = (
            f"{took(verdict.took_s)}，限{took(verdict.term_s)}，{zh}",
            f"{took(verdict.took_s)} of {took(verdict.term_s)}, {en}",
        )
    elif verdict.term_s is not None and verdict.outcome in (MISSED, OPEN):
        zh, en = f"限{took(verdict.term_s)}内未发生，{zh}", f"did not happen within {took(verdict.term_s)}, {en}"
    elif verdict.held_s is not None and verdict.outcome != NOT_PLAYED:
        zh, en = f"保持{took(verdict.held_s)}，{zh}", f"held for {took(verdict.held_s)}, {en}"
    elif verdict.counted is not None and verdict.outcome != NOT_PLAYED:
        zh, en = f"{verdict.counted}次，{zh}", f"{verdict.counted} times, {en}"
    if verdict.instead:
        zh, en = (
            f"{zh}（人工更正，系统算得：{_OUTCOMES[verdict.instead][0]}）",
            f"{en} (corrected by hand; computed: {_OUTCOMES[verdict.instead][1]})",
        )
    return Words(zh, en)
