"""Calls to simulated people, and a behaviour in which nothing goes wrong, for tests to bend."""

from importlib.resources import files
from typing import Any

import msgspec

from drills.behaviour import BEHAVIOUR, Behaviour, Chance
from mobilization import Call, CallState

TEXT = files("drills").joinpath("data/behaviour.toml").read_text("utf-8")
NOON_MS = 1_800_000_000_000 // 86_400_000 * 86_400_000 + 4 * 3_600_000
"""12:00 in China."""
MIDNIGHT_MS = NOON_MS + 12 * 3_600_000
NEVER, ALWAYS = Chance(share=0, source="a test"), Chance(share=1, source="a test")


def call(number: int, *, crew: tuple[int, int] = (2, 6), asked_ms: int = NOON_MS, **more: Any) -> Call:
    fields: dict[str, Any] = {
        "id": f"c{number}", "mobilization": "m", "incident": "i", "round": 1, "wave": 1, "team": f"t{number}", "person": f"p{number}",
        "role": "leader", "speciality": "FIRST_AID", "crew_max": crew[1], "minimum_crew": crew[0], "distance_m": 900,
        "seconds_to": 300, "asked_ms": asked_ms, "due_ms": asked_ms + 90_000, "awake": True, "simulated": True,
    }  # fmt: skip
    return Call(**(fields | more))


def moved(before: Call, state: str, at_ms: int, **more: Any) -> Call:
    """The call after a step that was recorded at `at_ms`."""
    return msgspec.structs.replace(before, state=CallState(state), answered_ms=at_ms, **more)


def bent(profile: str = "standing_team", **figures: Any) -> Behaviour:
    """The shipped behaviour with other figures in one profile."""
    held = BEHAVIOUR.profiles[profile]
    return msgspec.structs.replace(BEHAVIOUR, profiles={**BEHAVIOUR.profiles, profile: msgspec.structs.replace(held, **figures)})


def smooth(profile: str = "standing_team", **figures: Any) -> Behaviour:
    """Everyone says yes, sees it, comes, and can be heard."""
    yes = {
        "accept": ALWAYS, "decline": NEVER, "put_off": NEVER, "looks": ALWAYS, "accept_by_night": ALWAYS, "lost": NEVER,
        "turns_back": NEVER, "radio_fails": NEVER, "tires": NEVER, "answers_roll": ALWAYS, "unaccounted": NEVER, "hurt": NEVER,
        "receives": ALWAYS, "done": ALWAYS, "cannot": NEVER,
    }  # fmt: skip
    return bent(profile, **{**yes, **figures})
