"""Who may look at a wall: whoever holds a link that has not run out and was not revoked."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable

from sqlalchemy import select

from command.core.chance import Chance
from command.core.errors import Refused
from command.tiers.divisions import covers
from command.tiers.registry import Registry
from web_console.walls.tables import WallRow

TOKEN_BYTES = 24
LISTED_MOST = 100


class Walls:
    """Of one realm. Screens that look through a link are woken by `wake`, on the loop they live on."""

    def __init__(self, registry: Registry, *, chance: Chance) -> None:
        self._registry, self._chance = registry, chance
        self._looking: dict[str, dict[Callable[[], None], None]] = {}

    def make(self, *, id_: str, division: str, place: str, by: str, now_ms: int, until_ms: int) -> str:
        """A link's token, told once."""
        token = urlsafe_b64encode(self._chance.bytes(TOKEN_BYTES)).decode().rstrip("=")
        row = {
            "token_hash": _hash(token), "division": division, "place": place, "made_by": by, "made_ms": now_ms,
            "expires_ms": until_ms, "revoked_ms": None,
        }  # fmt: skip
        with self._registry.write("wall", id_) as writing:
            writing.put(WallRow, id_, row)
        return token

    def listed(self, post: str) -> list[WallRow]:
        """Links to boards that this post covers, the newest first."""
        with self._registry.read() as session:
            rows = session.scalars(select(WallRow).order_by(WallRow.made_ms.desc(), WallRow.id.desc()))
            return [row for row in rows if covers(post, row.division)][:LISTED_MOST]

    def revoke(self, id_: str, *, post: str, now_ms: int) -> None:
        """From this moment it shows nothing more, wherever it is open."""
        with self._registry.write("wall", id_) as writing:
            row = writing.session.get(WallRow, id_)
            if row is None or not covers(post, row.division):
                raise Refused("wall.unknown")
            if row.revoked_ms is None:
                writing.put(WallRow, id_, {"revoked_ms": now_ms})

    def held(self, token: str | None, *, now_ms: int) -> WallRow:
        """The link of this token; refused once it ran out or was revoked."""
        with self._registry.read() as session:
            row = session.scalar(select(WallRow).where(WallRow.token_hash == _hash(token))) if token else None
        if row is None or row.revoked_ms is not None or row.expires_ms <= now_ms:
            raise Refused("wall.over")
        return row

    def look(self, id_: str, doubt: Callable[[], None]) -> None:
        """A screen opened this link: it is to be told when that ends."""
        self._looking.setdefault(id_, {})[doubt] = None

    def leave(self, id_: str, doubt: Callable[[], None]) -> None:
        screens = self._looking.get(id_, {})
        screens.pop(doubt, None)
        if not screens:
            self._looking.pop(id_, None)

    def wake(self, id_: str) -> None:
        """Whoever looks through this link asks again whether it may."""
        for doubt in list(self._looking.get(id_, ())):
            doubt()

    def wake_all(self) -> None:
        for id_ in list(self._looking):
            self.wake(id_)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
