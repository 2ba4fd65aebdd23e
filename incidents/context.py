"""What a report needs to know from outside before it is decided: looked up once, then recorded in the event."""

from typing import NamedTuple, Protocol

from command.core.errors import Refused
from command.tiers.divisions import covers, path_of
from incidents.facts import Place, StationHit

BY_FENCE, BY_HAND, NOT_KNOWN = "by_fence", "by_hand", "not_known"
_TOWNSHIP_DIGITS = 9

Ring = tuple[tuple[float, float], ...]
"""The outer ring of an area: (lon, lat), WGS-84, not closed."""


class Located(NamedTuple):
    """A point on the ground: known divisions from the city down, stations whose circle holds it (else the nearest)."""

    path: tuple[str, ...]
    stations: tuple[StationHit, ...]
    outside_circles: bool
    areas: str


class Touched(NamedTuple):
    """What an area touches: counties and townships, and stations by their circles, nearest first."""

    divisions: tuple[str, ...]
    stations: tuple[StationHit, ...]


class Seat(NamedTuple):
    """A point that stands for a division: from the `boundary`, or a `station`, of a division, itself or one above it."""

    lon: float
    lat: float
    source: str
    division: str
    areas: str


class Ground(Protocol):
    """The map as the realm has it now. WGS-84."""

    def locate(self, lon: float, lat: float) -> Located | None:
        """None when the point is off the city."""
        ...

    def touched(self, ring: Ring) -> Touched | None:
        """None when the ring is no area of the city: too few corners, lines that cross, somewhere else."""
        ...

    def cell(self, lon: float, lat: float) -> tuple[str, float, float]:
        """The 250 m cell of a point: its id and centre."""
        ...

    def seat(self, code: str) -> Seat | None:
        """None where nothing is known of the division nor of any above it in the city."""
        ...

    def knows(self, code: str) -> bool:
        """Whether there is such a division."""
        ...


def place_for(
    ground: Ground, lon: float, lat: float, *, township: str | None, private_home: bool, area: Ring = ()
) -> Place:  # fmt: skip
    """The recorded place. A township picked by hand must lie in the county found, and is marked so; a private home
    is recorded as its cell, seen from there to the stations too: the exact point belongs into the sealed report."""
    found = ground.locate(lon, lat)
    if found is None:
        swapped = ground.locate(lat, lon) is not None
        raise Refused("place.swapped" if swapped else "place.off_city", lon=lon, lat=lat)
    path, how = _path(ground, found, township)
    cell, centre_lon, centre_lat = ground.cell(lon, lat)
    if private_home:
        found = ground.locate(centre_lon, centre_lat) or found._replace(stations=())
    place = Place(
        lon=centre_lon if private_home else lon, lat=centre_lat if private_home else lat, exact=not private_home, cell=cell,
        path=path, township=how, stations=found.stations, outside_circles=found.outside_circles, areas=found.areas,
    )  # fmt: skip
    return _over(ground, place, area) if area else place


def place_in(ground: Ground, division: str) -> Place:
    """A place of which no more than a division is known, chosen by hand."""
    seat = ground.seat(division) if ground.knows(division) else None
    if seat is None:
        raise Refused("place.no_division", division=division)
    return Place(
        lon=seat.lon, lat=seat.lat, exact=False, cell="", path=tuple(code for code in path_of(division) if ground.knows(code)),
        township=BY_HAND if len(division) >= _TOWNSHIP_DIGITS else NOT_KNOWN, stations=(), outside_circles=False, areas=seat.areas,
        only=division, point_from=seat.source, point_of=seat.division,
    )  # fmt: skip


def _path(ground: Ground, found: Located, township: str | None) -> tuple[tuple[str, ...], str]:
    path, how = found.path, BY_FENCE if len(found.path[-1]) >= _TOWNSHIP_DIGITS else NOT_KNOWN
    if township is None or how != NOT_KNOWN:
        return path, how
    if len(township) != _TOWNSHIP_DIGITS or not covers(path[-1], township) or not ground.knows(township):
        raise Refused("place.township", township=township, county=path[-1])
    return (*path, township), BY_HAND


def _over(ground: Ground, place: Place, area: Ring) -> Place:
    """The place spread over an area: the divisions it touches, and the stations whose circles it touches."""
    touched = ground.touched(area) if place.exact else None
    if touched is None:
        raise Refused("place.area")
    holding = {hit.id: hit for hit in (*touched.stations, *place.stations) if hit.inside}
    return Place(
        lon=place.lon, lat=place.lat, exact=True, cell=place.cell, path=place.path, township=place.township,
        stations=tuple(holding.values()) or place.stations, outside_circles=not holding, areas=place.areas, area=area,
        spans=tuple(code for code in touched.divisions if code not in place.path),
    )  # fmt: skip
