"""What can be recorded of an incident: from the first report to its closing, who leads, and responses started for it.

Free text, exact private places and callers are the sealed part, under the incident's own key. Coordinates: WGS-84.
"""

from typing import ClassVar

import msgspec

from command.core.facts import Fact


class StationHit(msgspec.Struct, frozen=True, kw_only=True):
    """A station of the place: `inside` its circle, or the nearest one when no circle holds the place."""

    id: str
    distance_m: int
    inside: bool


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where, as looked up once and recorded. `lon`, `lat`: the place itself, or the centre of its 250 m cell when the
    exact place is sealed (`exact` false). `path`: known divisions from the city down. `township`: how it was found. `area`:
    where it is more than a point, its outer ring of (lon, lat), not closed; `spans`: the divisions that it touches beyond
    the path.

    `only`: where no more than a division is known, its code. The point then merely stands for it (`exact` false, no cell, no
    stations): it was taken from `point_from`, the `boundary` or a `station` of `point_of`, which is that division or, where
    nothing of it is known, one above it. Nobody may take it for the place."""

    lon: float
    lat: float
    exact: bool
    cell: str
    path: tuple[str, ...]
    township: str
    stations: tuple[StationHit, ...]
    outside_circles: bool
    areas: str
    area: tuple[tuple[float, float], ...] = ()
    spans: tuple[str, ...] = ()
    only: str = ""
    point_from: str = ""
    point_of: str = ""

    def touches(self, division: str) -> bool:
        """Whether any of it lies in `division`, as far as is known."""
        return any(code.startswith(division) for code in (*self.path, *self.spans))

    def reaches_beyond(self, division: str) -> bool:
        """Whether some of it is known to lie outside `division`."""
        return not all(code.startswith(division) or division.startswith(code) for code in (*self.path, *self.spans))


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """People of one speciality: at least, at most, by when."""

    speciality: str
    minimum: int
    maximum: int
    by_ms: int | None = None


class ByOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose order stands behind an act: the body, and the document's number or `oral` (paper to follow)."""

    body: str
    document: str = ""
    oral: bool = False


class _OfIncident(Fact, frozen=True, kw_only=True):
    incident: str

    def keys(self) -> tuple[str, ...]:
        return (f"incident:{self.incident}",)


class Raised(_OfIncident, frozen=True, kw_only=True):
    """A report was taken."""

    NAME: ClassVar[str] = "incident.raised"
    category: str
    severity: int
    name: str
    place: Place
    source: str
    mode: str
    lead: str


class Verified(_OfIncident, frozen=True, kw_only=True):
    """The report is held to be true: from here on people may be called."""

    NAME: ClassVar[str] = "incident.verified"


class StageChanged(_OfIncident, frozen=True, kw_only=True):
    """The incident is at another stage of its life."""

    NAME: ClassVar[str] = "incident.stage_changed"
    stage: str


class SeverityChanged(_OfIncident, frozen=True, kw_only=True):
    """How grave the incident is (1 gravest to 4) was judged anew."""

    NAME: ClassVar[str] = "incident.severity_changed"
    severity: int


class NeedsSet(_OfIncident, frozen=True, kw_only=True):
    """What is needed: people by speciality. Asked for by an order, or by itself."""

    NAME: ClassVar[str] = "incident.needs_set"
    needs: tuple[Need, ...]


class PlaceSet(_OfIncident, frozen=True, kw_only=True):
    """Where it is was found out, or put right. `was`: the divisions it was held to be in before; `lead`: who leads from here on.
    An exact private place and the address are sealed."""

    NAME: ClassVar[str] = "incident.place_set"
    place: Place
    was: tuple[str, ...]
    lead: str


class ServicesInformed(_OfIncident, frozen=True, kw_only=True):
    """The police (110), the fire brigade (119) or the ambulance (120) know of it."""

    NAME: ClassVar[str] = "services.informed"
    services: tuple[str, ...]


class Disposed(_OfIncident, frozen=True, kw_only=True):
    """A false alarm, handed to another service, or entered in error. Why, and to whom, is sealed."""

    NAME: ClassVar[str] = "incident.disposed"
    stage: str


class Merged(_OfIncident, frozen=True, kw_only=True):
    """A duplicate of another incident, which goes on."""

    NAME: ClassVar[str] = "incident.merged"
    into: str

    def keys(self) -> tuple[str, ...]:
        return (f"incident:{self.incident}", f"incident:{self.into}")


class Reversed(_OfIncident, frozen=True, kw_only=True):
    """The last disposal or merge (`into` another) was taken back; the incident is again at `stage`."""

    NAME: ClassVar[str] = "incident.reversed"
    was: str
    stage: str
    into: str = ""

    def keys(self) -> tuple[str, ...]:
        return (f"incident:{self.incident}", *((f"incident:{self.into}",) if self.into else ()))


class Closed(_OfIncident, frozen=True, kw_only=True):
    """The incident is over; nobody is out for it."""

    NAME: ClassVar[str] = "incident.closed"


class Reviewed(_OfIncident, frozen=True, kw_only=True):
    """The review that the law asks for was held."""

    NAME: ClassVar[str] = "incident.reviewed"


class PhotoAdded(_OfIncident, frozen=True, kw_only=True):
    """A photo, stripped of what the camera wrote into it, lies sealed in the blobs. `about`: the key of what it shows, where it
    belongs to more than the incident (a danger that was reported)."""

    NAME: ClassVar[str] = "incident.photo_added"
    photo: str
    mime: str
    size: int
    about: str = ""

    def keys(self) -> tuple[str, ...]:
        return (f"incident:{self.incident}", *((self.about,) if self.about else ()))


class LeadAsked(_OfIncident, frozen=True, kw_only=True):
    """The leading post asks the post above to take over. The reason is sealed. `watched`: watches are kept, the one of `to` must
    hear of it."""

    NAME: ClassVar[str] = "lead.asked"
    to: str
    by_order: ByOrder
    watched: bool = False

    def keys(self) -> tuple[str, ...]:
        return (*super().keys(), *((f"watch:{self.to}",) if self.watched else ()))


class LeadTaken(_OfIncident, frozen=True, kw_only=True):
    """The lead passed to a post above, at once. The reason is sealed."""

    NAME: ClassVar[str] = "lead.taken"
    from_post: str
    to: str
    by_order: ByOrder


class HandBackOffered(_OfIncident, frozen=True, kw_only=True):
    """The leading post offers the lead back; it keeps it until the lower post accepts."""

    NAME: ClassVar[str] = "lead.hand_back_offered"
    to: str
    by_order: ByOrder


class HandBackWithdrawn(_OfIncident, frozen=True, kw_only=True):
    """The leading post keeps the lead that it had offered back."""

    NAME: ClassVar[str] = "lead.hand_back_withdrawn"
    by_order: ByOrder


class LeadHandedBack(_OfIncident, frozen=True, kw_only=True):
    """The lower post accepted: it leads from here."""

    NAME: ClassVar[str] = "lead.handed_back"
    from_post: str
    to: str
    by_order: ByOrder


class AlarmAcknowledged(Fact, frozen=True, kw_only=True):
    """An officer of a post has heard of these incidents: its desks fall silent."""

    NAME: ClassVar[str] = "alarm.acknowledged"
    post: str
    incidents: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return tuple(f"incident:{incident}" for incident in self.incidents)


class _OfResponse(Fact, frozen=True, kw_only=True):
    response: str
    by_order: ByOrder

    def keys(self) -> tuple[str, ...]:
        return (f"response:{self.response}",)


class ResponseStarted(_OfResponse, frozen=True, kw_only=True):
    """A post was activated at a level (1-4, 1 gravest) for its division and category. Item and measures are sealed."""

    NAME: ClassVar[str] = "response.started"
    division: str
    category: str
    level: int
    term_h: int
    rule: str


class LevelChanged(_OfResponse, frozen=True, kw_only=True):
    """A running response was raised or lowered. The reason is sealed."""

    NAME: ClassVar[str] = "response.level_changed"
    was: int
    level: int
    rule: str


class ResponseEnded(_OfResponse, frozen=True, kw_only=True):
    """The response was declared over. It has no undo."""

    NAME: ClassVar[str] = "response.ended"


FACTS: tuple[type[Fact], ...] = (
    Raised, Verified, StageChanged, SeverityChanged, NeedsSet, PlaceSet, ServicesInformed, Disposed, Merged, Reversed, Closed, Reviewed, PhotoAdded,
    LeadAsked, LeadTaken, HandBackOffered, HandBackWithdrawn, LeadHandedBack, AlarmAcknowledged, ResponseStarted, LevelChanged, ResponseEnded,
)  # fmt: skip
