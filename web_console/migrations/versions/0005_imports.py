"""imports by the page: the station of a person, who brought an import, remembered columns"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("station", sa.String(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("by", sa.String(), nullable=True))
    op.create_table(
        "column_matches",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("headings", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "headings"),
    )


def downgrade() -> None:
    op.drop_table("column_matches")
    op.drop_column("outbox", "by")
    op.drop_column("people", "station")
