"""Links of wall views. Only the hash of a token is kept."""

from sqlalchemy.orm import Mapped, mapped_column

from command.tiers.tables import Table


class WallRow(Table):
    """`made_by`: the officer's id. `revoked_ms`: None while it holds."""

    __tablename__ = "walls"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    division: Mapped[str]
    place: Mapped[str]
    made_by: Mapped[str]
    made_ms: Mapped[int]
    expires_ms: Mapped[int]
    revoked_ms: Mapped[int | None]
    rev: Mapped[int]
