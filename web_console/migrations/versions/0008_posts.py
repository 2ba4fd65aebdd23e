"""posts and their duty numbers"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"]),
        sa.PrimaryKeyConstraint("division"),
    )


def downgrade() -> None:
    op.drop_table("posts")
