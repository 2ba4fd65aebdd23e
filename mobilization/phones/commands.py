"""What may be asked about the phones of people."""

from command.core.facts import Command


class LinkPhone(Command, frozen=True, kw_only=True):
    """Hand out a link that binds one phone. `division`, `stations`: where the person and their teams belong; `station`: the one
    that the asking keeper keeps. All looked up by whoever asks."""

    person: str
    division: str = ""
    stations: tuple[str, ...] = ()
    station: str = ""


class BindPhone(Command, frozen=True, kw_only=True):
    """The link was used on a phone."""

    person: str
    phone: str


class UnbindPhone(Command, frozen=True, kw_only=True):
    """As `LinkPhone`; the person signs a phone of their own out without any authority."""

    person: str
    phone: str
    division: str = ""
    stations: tuple[str, ...] = ()
    station: str = ""


class ReportTest(Command, frozen=True, kw_only=True):
    """What came of a self-test."""

    person: str
    phone: str
    heard: bool
    felt: bool
    notified: bool
