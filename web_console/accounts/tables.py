"""Who may sign in, and who has. Passwords only as argon2id hashes, session tokens only as SHA-256, logins only as keyed
hashes (`logins.py`)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from command.tiers.tables import Table


class AccountRow(Table):
    """`kind`: officer or person; `subject`: their id in the registry."""

    __tablename__ = "accounts"
    login_hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    password_hash: Mapped[str]
    disabled: Mapped[bool] = mapped_column(default=False)
    rev: Mapped[int]


class SessionRow(Table):
    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    login_hash: Mapped[str] = mapped_column(ForeignKey("accounts.login_hash"))
    expires_ms: Mapped[int]


class InvitationRow(Table):
    """A code somebody was given to choose a first password with; the row goes when it is used."""

    __tablename__ = "invitations"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    login_hash: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    expires_ms: Mapped[int]


class DeviceRow(Table):
    """A phone that stays signed in. `phone` names it in the log; its token is kept as a hash only."""

    __tablename__ = "devices"
    phone: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str]
    expires_ms: Mapped[int]


class DeviceLinkRow(Table):
    """A link somebody was handed to bind one phone; the row goes when it is used."""

    __tablename__ = "device_links"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    expires_ms: Mapped[int]
