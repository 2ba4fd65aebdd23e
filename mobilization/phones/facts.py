"""What happens to the phones of people. Ids only: what signs a phone in never enters the log."""

from typing import ClassVar

from command.core.facts import Fact


class _OfPerson(Fact, frozen=True, kw_only=True):
    person: str

    def keys(self) -> tuple[str, ...]:
        return (f"person:{self.person}",)


class PhoneLinkMade(_OfPerson, frozen=True, kw_only=True):
    """Somebody was handed a link that binds one phone to this person; the envelope says by whom."""

    NAME: ClassVar[str] = "phone.link_made"


class PhoneBound(_OfPerson, frozen=True, kw_only=True):
    """A phone used the link: it is signed in as this person without a password."""

    NAME: ClassVar[str] = "phone.bound"
    phone: str


class PhoneUnbound(_OfPerson, frozen=True, kw_only=True):
    """Signed out on the phone, or taken off at a desk."""

    NAME: ClassVar[str] = "phone.unbound"
    phone: str


class PhoneTested(_OfPerson, frozen=True, kw_only=True):
    """The phone rang for a trial and its owner says what came of it. `ok`: it was heard or felt, so a call cannot be missed.
    `phone` is empty where it signed in by password."""

    NAME: ClassVar[str] = "phone.tested"
    phone: str
    heard: bool
    felt: bool
    notified: bool
    ok: bool


PHONE_FACTS: tuple[type[Fact], ...] = (PhoneLinkMade, PhoneBound, PhoneUnbound, PhoneTested)
