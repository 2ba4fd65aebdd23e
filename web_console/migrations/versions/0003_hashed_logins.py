"""logins as keyed hashes

Down again, the hashes stay in the place of the logins: nobody signs in by the old name until given one anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = ("accounts", "sessions", "invitations")


def upgrade() -> None:
    config = op.get_context().config
    assert config is not None  # noqa: S101 -- migrations run with one
    hash_login = config.attributes["hash_login"]
    _rename("login", "login_hash")
    op.execute("PRAGMA defer_foreign_keys = ON")  # a session names its account
    for name in _TABLES:
        table = sa.table(name, sa.column("login_hash"))
        logins = op.get_bind().execute(sa.select(table.c.login_hash).distinct()).scalars().all()
        for login in logins:
            op.execute(sa.update(table).where(table.c.login_hash == login).values(login_hash=hash_login(login)))


def downgrade() -> None:
    _rename("login_hash", "login")


def _rename(was: str, becomes: str) -> None:
    for name in _TABLES:
        op.execute(f"ALTER TABLE {name} RENAME COLUMN {was} TO {becomes}")
