"""What simulated players and the simulated world do about an inject. Each becomes a command that a person could give as well, or a
change of the world the people are simulated in; nothing is done behind the engine's back.

`by`: the post that acts; `after_s`: the median of how long it takes, told apart by the seed.
"""

from typing import Literal

import msgspec


class _Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="do"):
    after_s: float = 30


class _ByPost(_Act, frozen=True, kw_only=True):
    by: str


class RaiseIt(_ByPost, frozen=True, kw_only=True, tag="raise"):
    """Take the report; `call`: call out at once for what it needs."""

    incident: str
    call: bool = True


class CallOut(_ByPost, frozen=True, kw_only=True, tag="call_out"):
    """`needs`: [speciality, at least, at most, minutes], added to what is called for already."""

    incident: str
    needs: tuple[tuple[str, int, int, int], ...] = ()


class Respond(_ByPost, frozen=True, kw_only=True, tag="respond"):
    response: str
    category: str
    level: int
    item: str
    measures: str
    body: str
    term_h: int = 24


class SetLevel(_ByPost, frozen=True, kw_only=True, tag="level"):
    response: str
    level: int
    body: str


class EndResponding(_ByPost, frozen=True, kw_only=True, tag="end_response"):
    response: str
    body: str


class TakeLead(_ByPost, frozen=True, kw_only=True, tag="take_lead"):
    incident: str
    body: str


class Mark(_ByPost, frozen=True, kw_only=True, tag="mark"):
    """Mark a danger area (hazard), or shut the roads within it (closure): a circle around the incident, or around `spot`."""

    zone: str
    incident: str
    what: str
    radius_m: float
    kind: Literal["hazard", "closure"] = "hazard"
    spot: str = ""


class Widen(_ByPost, frozen=True, kw_only=True, tag="widen"):
    zone: str
    radius_m: float


class Tell(_ByPost, frozen=True, kw_only=True, tag="order"):
    """An order to all crews of an incident."""

    order: str
    incident: str
    kind: str
    words: str = ""


class Roll(_ByPost, frozen=True, kw_only=True, tag="roll"):
    incident: str
    due_min: int = 10


class EndRoll(_ByPost, frozen=True, kw_only=True, tag="close_roll"):
    incident: str
    reason: str


class Finish(_ByPost, frozen=True, kw_only=True, tag="stand_down"):
    """Everyone may go home."""

    incident: str


class Close(_ByPost, frozen=True, kw_only=True, tag="close"):
    incident: str


class Warn(_ByPost, frozen=True, kw_only=True, tag="warn"):
    """Type a warning, or what it has become. `kind`: of WARNING_KINDS; `level`: 1 red to 4 blue."""

    warning: str
    kind: str
    level: int
    hours: int = 12


class TakeIt(_ByPost, frozen=True, kw_only=True, tag="take_sos"):
    """Take over the emergency of one of our own people at this incident, and see it through."""

    incident: str
    words: str


class Danger(_Act, frozen=True, kw_only=True, tag="danger"):
    """The first crew on the spot reports a danger."""

    incident: str
    kind: str
    words: str


class HearDanger(_ByPost, frozen=True, kw_only=True, tag="hear_danger"):
    incident: str


class Sos(_Act, frozen=True, kw_only=True, tag="sos"):
    """One of the people on the spot needs help."""

    incident: str
    words: str


class Silence(_Act, frozen=True, kw_only=True, tag="silence"):
    """So many people of the crews out for this incident do not answer roll calls for so long."""

    incident: str
    people: int
    minutes: float


class FailChannel(_Act, frozen=True, kw_only=True, tag="fail_channel"):
    """Pages wake nobody any more for so long: what is sent outside takes over."""

    minutes: float


class RadioOut(_Act, frozen=True, kw_only=True, tag="radio_out"):
    """Crews below this post can send nothing for so long."""

    division: str
    minutes: float


class Stop(_ByPost, frozen=True, kw_only=True, tag="stop"):
    """演练中止！转入真实处置！ By the safety officer."""

    words: str


Act = (
    RaiseIt | CallOut | Respond | SetLevel | EndResponding | TakeLead | Mark | Widen | Tell | Roll | EndRoll | Finish | Close | Warn
    | TakeIt | Danger | HearDanger | Sos | Silence | FailChannel | RadioOut | Stop
)  # fmt: skip
