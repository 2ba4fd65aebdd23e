"""What a report needs to know from outside before it is decided: looked up once, then recorded in the event."""

from typing import NamedTuple, Protocol

from command.core.errors import Refused
from command.tiers.divisions import covers
from incidents.facts import Place, StationHit

BY_FENCE, BY_HAND, NOT_KNOWN = "by_fence", "by_hand", "not_known"
_TOWNSHIP_DIGITS = 9


class Located(NamedTuple):
    """A point on the ground: known divisions from the city down, stations whose circle holds it (else the nearest)."""

    path: tuple[str, ...]
    stations: tuple[StationHit, ...]
    outside_circles: bool
    areas: str


class Ground(Protocol):
    """The map as the realm has it now. WGS-84."""

    def locate(self, lon: float, lat: float) -> Located | None:
        """None when the point is off the city."""
        ...

    def cell(self, lon: float, lat: float) -> tuple[str, float, float]:
        """The 250 m cell of a point: its id and centre."""
        ...


def place_for(ground: Ground, lon: float, lat: float, *, township: str | None, private_home: bool) -> Place:
    """The recorded place. A township picked by hand must lie in the county found, and is marked so; a private home
    is recorded as its cell, the exact point belongs into the sealed report."""
    found = ground.locate(lon, lat)
    if found is None:
        swapped = ground.locate(lat, lon) is not None
        raise Refused("place.swapped" if swapped else "place.off_city", lon=lon, lat=lat)
    path, how = found.path, BY_FENCE if len(found.path[-1]) >= _TOWNSHIP_DIGITS else NOT_KNOWN
    if township is not None and how == NOT_KNOWN:
        if not covers(path[-1], township) or len(township) != _TOWNSHIP_DIGITS:
            raise Refused("place.township", township=township, county=path[-1])
        path, how = (*path, township), BY_HAND
    cell, centre_lon, centre_lat = ground.cell(lon, lat)
    return Place(
        lon=centre_lon if private_home else lon, lat=centre_lat if private_home else lat, exact=not private_home, cell=cell,
        path=path, township=how, stations=found.stations, outside_circles=found.outside_circles, areas=found.areas,
    )  # fmt: skip
