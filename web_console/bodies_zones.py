"""Bodies of requests about ground that is marked: danger areas and closed roads."""

from typing import Annotated, Literal

import msgspec

from web_console.bodies import AtMs, Body, Code, Lat, Lon, Short

Corners = Annotated[tuple[tuple[Lon, Lat], ...], msgspec.Meta(min_length=3, max_length=200)]
Modes = Annotated[tuple[Literal["car", "e_bike", "foot", "boat"], ...], msgspec.Meta(max_length=4)]


class StretchBody(Body, frozen=True, kw_only=True):
    """A stretch of road, as `/zones/look` answered it; WGS-84."""

    line: Annotated[tuple[tuple[Lon, Lat], ...], msgspec.Meta(min_length=2, max_length=1_000)]
    road: Short = ""
    ends: tuple[Short, Short] = ("", "")
    metres: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0


class ZoneLookBody(Body, frozen=True, kw_only=True):
    """What would change: for the calls of `incident`, where one is named. An outline, a stretch, or the stretch `near` a place, in `crs`."""

    ring: Corners | None = None
    near: tuple[Lon, Lat] | None = None
    stretch: StretchBody | None = None
    crs: Literal["wgs84", "gcj02", "bd09", "cgcs2000"] = "wgs84"
    shuts: Modes = ()
    incident: Code | None = None


class ZoneAgainBody(Body, frozen=True, kw_only=True):
    """How it is now. `ring`: (lon, lat) in `crs`, not closed; or, of a closure, a `stretch`; `said_by`, `said_on`: who reported it, and on which number."""

    look_again_ms: AtMs
    ring: Corners | None = None
    stretch: StretchBody | None = None
    crs: Literal["wgs84", "gcj02", "bd09", "cgcs2000"] = "wgs84"
    shuts: Modes = ()
    depth_cm: Annotated[int, msgspec.Meta(ge=0, le=3_000)] | None = None
    until_ms: AtMs | None = None
    said_by: Short = ""
    said_on: Annotated[str, msgspec.Meta(max_length=30)] = ""


class ZoneBody(ZoneAgainBody, frozen=True, kw_only=True):
    kind: Literal["hazard", "closure"]
    what: Code
    incident: Code | None = None
