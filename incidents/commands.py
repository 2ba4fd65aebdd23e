"""What may be asked about an incident. Outside facts (place, lead) are looked up before and lie in the command."""

from command.core.facts import Command
from incidents.facts import ByOrder, Need, Place


class Report(Command, frozen=True, kw_only=True):
    """What the caller said: all of it is sealed."""

    caller: str = ""
    phone: str = ""
    words: str = ""
    address: str = ""
    exact_lon: float | None = None
    exact_lat: float | None = None


class RaiseIncident(Command, frozen=True, kw_only=True):
    """Take a report; with `verify` it is held to be true at once."""

    incident: str
    category: str
    severity: int
    name: str
    place: Place
    source: str
    mode: str
    lead: str
    needs: tuple[Need, ...] = ()
    verify: bool = False
    report: Report | None = None
    informed: tuple[str, ...] = ()


class VerifyIncident(Command, frozen=True, kw_only=True):
    incident: str


class ChangeStage(Command, frozen=True, kw_only=True):
    incident: str
    stage: str
    screen_position: int


class ChangeSeverity(Command, frozen=True, kw_only=True):
    incident: str
    severity: int
    screen_position: int


class SetNeeds(Command, frozen=True, kw_only=True):
    incident: str
    needs: tuple[Need, ...]
    screen_position: int


class SetPlace(Command, frozen=True, kw_only=True):
    """Where it is, as is known now; `address` left empty stays as it was."""

    incident: str
    place: Place
    screen_position: int
    address: str = ""
    exact_lon: float | None = None
    exact_lat: float | None = None


class InformServices(Command, frozen=True, kw_only=True):
    """These services know of it: of 110, 119, 120."""

    incident: str
    services: tuple[str, ...]


class DisposeIncident(Command, frozen=True, kw_only=True):
    """`stage`: false_alarm, handed_over (`to` whom) or entered_in_error."""

    incident: str
    stage: str
    reason: str
    to: str = ""


class ReverseIncident(Command, frozen=True, kw_only=True):
    incident: str


class ReviewIncident(Command, frozen=True, kw_only=True):
    incident: str


class AcknowledgeAlarms(Command, frozen=True, kw_only=True):
    """Heard by an officer, for the whole post."""

    incidents: tuple[str, ...]


class AddPhoto(Command, frozen=True, kw_only=True):
    incident: str
    photo: str
    mime: str
    size: int


class PassLead(Command, frozen=True, kw_only=True):
    """`act`: ask, take_over, offer_back, accept_back. `to`: the post concerned; empty where only one can be meant."""

    incident: str
    act: str
    by_order: ByOrder
    reason: str
    to: str = ""


class StartResponse(Command, frozen=True, kw_only=True):
    response: str
    division: str
    category: str
    level: int
    item: str
    term_h: int
    measures: str
    by_order: ByOrder


class ChangeLevel(Command, frozen=True, kw_only=True):
    response: str
    level: int
    reason: str
    by_order: ByOrder


class EndResponse(Command, frozen=True, kw_only=True):
    response: str
    reason: str
    by_order: ByOrder
