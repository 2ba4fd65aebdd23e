"""Bodies of requests about ground that is marked: danger areas and closed roads."""

from typing import Annotated, Literal

import msgspec

from web_console.bodies import AtMs, Body, Code, Lat, Lon, Short

Corners = Annotated[tuple[tuple[Lon, Lat], ...], msgspec.Meta(min_length=3, max_length=200)]
Modes = Annotated[tuple[Literal["car", "e_bike", "foot", "boat"], ...], msgspec.Meta(max_length=4)]


class ZoneLookBody(Body, frozen=True, kw_only=True):
    """What would change: for the calls of `incident`, where one is named."""

    ring: Corners
    crs: Literal["wgs84", "gcj02", "bd09", "cgcs2000"] = "wgs84"
    shuts: Modes = ()
    incident: Code | None = None


class ZoneAgainBody(Body, frozen=True, kw_only=True):
    """How it is now. `ring`: (lon, lat) in `crs`, not closed; `said_by`, `said_on`: who reported it, and on which number."""

    ring: Corners
    look_again_ms: AtMs
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
