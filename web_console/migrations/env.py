"""Alembic's entry: runs on the engine it is given; there is no offline mode."""

from alembic import context

from web_console.migrations import METADATA

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
