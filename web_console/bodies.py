"""The shapes of request bodies (docs/api.md). Unknown fields are refused; texts are bounded."""

from typing import Annotated, Literal

import msgspec

Short = Annotated[str, msgspec.Meta(max_length=120)]
Long = Annotated[str, msgspec.Meta(max_length=2000)]
Code = Annotated[str, msgspec.Meta(max_length=40)]
Lon = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Lat = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Heads = Annotated[int, msgspec.Meta(ge=1, le=999)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=1440)]
Availability = Literal["available", "off_duty", "away"]
People = Annotated[int, msgspec.Meta(ge=0, le=9999)]
AtMs = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_999)]
"""To the end of the year 9999."""
Level = Annotated[int, msgspec.Meta(ge=1, le=4)]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request body."""


class Told(Body, frozen=True, kw_only=True):
    """What a desk tells: when it happened, and when the desk learned it; left out, it is now."""

    happened_at_ms: int | None = None
    learned_at_ms: int | None = None


class Said(Told, frozen=True, kw_only=True):
    """By telephone, on behalf: who said it, on which number (`on_known`: the registered one); when it was said is when the desk learned it."""

    said_by: Short
    said_on: Annotated[str, msgspec.Meta(max_length=30)] = ""
    on_known: bool = False


class SignIn(Body, frozen=True, kw_only=True):
    login: Short
    password: Annotated[str, msgspec.Meta(max_length=256)]


class PlaceBody(Body, frozen=True, kw_only=True):
    """A point, or only a `division`, where no more is known."""

    lon: Lon | None = None
    lat: Lat | None = None
    division: Code | None = None
    crs: Literal["wgs84", "gcj02", "bd09", "cgcs2000"] = "wgs84"
    township: Code | None = None
    private_home: bool = False
    address: Long = ""
    area: Annotated[tuple[tuple[Lon, Lat], ...], msgspec.Meta(max_length=200)] = ()


Services = Annotated[tuple[Literal["110", "119", "120"], ...], msgspec.Meta(max_length=3)]


class ReportBody(Body, frozen=True, kw_only=True):
    caller: Short = ""
    phone: Annotated[str, msgspec.Meta(max_length=30)] = ""
    words: Long = ""
    source: Literal["phone", "119", "110", "120", "walk_in", "patrol", "online", "other"] = "phone"
    informed: Services = ()


class NeedBody(Body, frozen=True, kw_only=True):
    speciality: Code
    minimum: People
    maximum: People
    by_ms: AtMs | None = None


Needs = Annotated[tuple[NeedBody, ...], msgspec.Meta(max_length=40)]


class RaiseBody(Told, frozen=True, kw_only=True):
    category: Code
    severity: Level
    place: PlaceBody
    name: Short = ""
    report: ReportBody = ReportBody()
    needs: Needs = ()
    verify: bool = False
    order: bool = False
    by_order: "ByOrderBody | None" = None
    mode: Literal["EMERGENCY", "ROUTINE"] = "EMERGENCY"


class ProposalBody(Body, frozen=True, kw_only=True):
    """A report as far as it was typed."""

    category: Code = ""
    place: PlaceBody | None = None
    phone: Annotated[str, msgspec.Meta(max_length=30)] = ""


class PlaceSetBody(Told, frozen=True, kw_only=True):
    place: PlaceBody
    screen_position: int


class InformedBody(Told, frozen=True, kw_only=True):
    services: Services


class SavedPlaceBody(Body, frozen=True, kw_only=True):
    name: Annotated[str, msgspec.Meta(min_length=2, max_length=40)]
    lon: Lon
    lat: Lat
    crs: Literal["wgs84", "gcj02", "bd09", "cgcs2000"] = "wgs84"


class Nothing(Body, frozen=True, kw_only=True):
    """An empty object."""


class ItIsSo(Told, frozen=True, kw_only=True):
    """That it is so says all; perhaps since when."""


class StageBody(Told, frozen=True, kw_only=True):
    stage: Code
    screen_position: int


class NeedsBody(Told, frozen=True, kw_only=True):
    needs: Needs
    screen_position: int


class SeverityBody(Told, frozen=True, kw_only=True):
    severity: Level
    screen_position: int


class DisposeBody(Told, frozen=True, kw_only=True):
    as_: Literal["false_alarm", "handed_over", "entered_in_error"] = msgspec.field(name="as")
    reason: Long = ""
    to: Short = ""


class MergeBody(Told, frozen=True, kw_only=True):
    into: Code


class ByOrderBody(Body, frozen=True, kw_only=True):
    body: Short
    document: Short = ""
    oral: bool = False
    reason: Long = ""


class LeadBody(Told, frozen=True, kw_only=True):
    act: Literal["ask", "take_over", "offer_back", "accept_back", "withdraw"]
    by_order: ByOrderBody
    to: Code = ""


class OrderBody(Told, frozen=True, kw_only=True):
    """`screen_position`: what the screen showed whose needs were edited."""

    needs: Needs = ()
    by_order: ByOrderBody | None = None
    screen_position: int | None = None


class PlanBody(Body, frozen=True, kw_only=True):
    """What an order would be given with; `wave`: one wave more of what is running."""

    needs: Needs = ()
    by_order: ByOrderBody | None = None
    screen_position: int | None = None
    wave: bool = False


class AlarmsBody(Body, frozen=True, kw_only=True):
    incidents: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=500)]


class WallBody(Body, frozen=True, kw_only=True):
    """`place`: where the screen hangs, for the list of links; `division`: left out, the officer's own."""

    place: Short
    hours: Annotated[int, msgspec.Meta(ge=1, le=168)] = 24
    division: Code = ""


class WallToken(Body, frozen=True, kw_only=True):
    token: Short


class ResponseBody(Told, frozen=True, kw_only=True):
    division: Code
    category: Code
    level: Level
    item: Short
    term_h: Annotated[int, msgspec.Meta(ge=1, le=2400)]
    measures: Long
    by_order: ByOrderBody


class LevelBody(Told, frozen=True, kw_only=True):
    level: Level
    by_order: ByOrderBody


class EndBody(Told, frozen=True, kw_only=True):
    by_order: ByOrderBody


class StandDownBody(Told, frozen=True, kw_only=True):
    reason: Literal["enough", "over", "withdrawn"] = "enough"


class AnswerBody(Body, frozen=True, kw_only=True):
    answer: Literal["accept", "decline", "later"]
    heads: Heads | None = None
    eta_min: Minutes | None = None
    reason: Long = ""
    claimed_at_ms: int | None = None


class ProgressBody(Body, frozen=True, kw_only=True):
    did: Literal["set_out", "arrived", "released"]
    heads: Heads | None = None
    claimed_at_ms: int | None = None


class NotedBody(Said, frozen=True, kw_only=True):
    did: Literal["accept", "decline", "later", "set_out", "arrived", "released", "names"]
    heads: Heads | None = None
    eta_min: Minutes | None = None
    reason: Long = ""
    names: Annotated[tuple[Short, ...], msgspec.Meta(max_length=100)] = ()


class SheetBody(Body, frozen=True, kw_only=True):
    """How one sheet is read; `columns` left out: guessed."""

    kind: Literal["", "people", "teams"]
    first: Annotated[int, msgspec.Meta(ge=0, le=1_048_576)]
    last: Annotated[int, msgspec.Meta(ge=0, le=1_048_576)]
    columns: Annotated[tuple[Code, ...], msgspec.Meta(max_length=200)] | None = None


class MatchBody(Body, frozen=True, kw_only=True):
    sheets: Annotated[tuple[SheetBody, ...], msgspec.Meta(max_length=40)]


class MissingBody(Body, frozen=True, kw_only=True):
    """`q`: what was typed of a name, or how a number ends."""

    q: Short


class CommitBody(Body, frozen=True, kw_only=True):
    """`rev`: the revision that was shown; `leaving`: who was ticked."""

    rev: int
    leaving: Annotated[tuple[Code, ...], msgspec.Meta(max_length=5000)] = ()


class NamesBody(Body, frozen=True, kw_only=True):
    """`claimed_at_ms`: as of every saying of a phone; the log's own time stands."""

    claimed_at_ms: int | None = None
    names: Annotated[tuple[Short, ...], msgspec.Meta(max_length=100)]


class AvailabilityBody(Body, frozen=True, kw_only=True):
    claimed_at_ms: int | None = None
    availability: Availability
    until_ms: AtMs | None = None


class NotedAvailabilityBody(Said, frozen=True, kw_only=True):
    """The same by telephone, on behalf."""

    availability: Availability
    until_ms: AtMs | None = None
