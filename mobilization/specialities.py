"""The table of specialities: what a team can do, what it must hold for it, and how near to danger it may go."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import msgspec


class Speciality(msgspec.Struct, frozen=True, kw_only=True):
    """`parent`: a need for the parent is also met by this one. `credential`: held by whoever answers, or None."""

    code: str
    zh: str
    en: str
    kind: str
    parent: str | None = None
    credential: str | None = None
    zone: str = "COLD"


def _load() -> Mapping[str, Speciality]:
    text = files("mobilization").joinpath("data/specialities.toml").read_text("utf-8")
    rows = msgspec.convert(tomllib.loads(text)["speciality"], list[Speciality])
    return MappingProxyType({row.code: row for row in rows})


SPECIALITIES = _load()


def meets(held: str, wanted: str) -> bool:
    """Whether a team of speciality `held` meets a need for `wanted`: the same, or a child of it."""
    speciality = SPECIALITIES.get(held)
    return held == wanted or (speciality is not None and speciality.parent == wanted)


def credential_of(speciality: str) -> str | None:
    """What somebody must hold to answer for a team of it."""
    return SPECIALITIES[speciality].credential if speciality in SPECIALITIES else None
