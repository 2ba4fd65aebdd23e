"""The migrations and the tables say the same, and both ways are open."""

from pathlib import Path

from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from web_console.migrations import METADATA, config_for, migrate


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'registry.db'}")
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    alembic.downgrade(config_for(engine), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    engine.dispose()


def test_every_step_goes_up_and_down_and_keeps_the_rows(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'registry.db'}")
    config = config_for(engine)
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    assert len(steps) > 1
    alembic.upgrade(config, steps[0])
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO divisions VALUES ('9901', '云江市', 'Yunjiang', 1)"))
    tables = {}
    for step in steps:
        alembic.upgrade(config, step)
        tables[step] = _shape(engine)
    for step in reversed(steps):
        alembic.downgrade(config, step)
        assert _shape(engine) == tables[step]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM divisions")).all() == [("9901", "云江市", "Yunjiang", 1)]
    engine.dispose()


def _shape(engine: Engine) -> dict[str, list[tuple[str, str]]]:
    """Tables with their columns and types."""
    found = inspect(engine)
    return {name: [(c["name"], str(c["type"])) for c in found.get_columns(name)] for name in sorted(found.get_table_names())}
