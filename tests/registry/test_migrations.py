"""The migrations and the tables say the same, and both ways are open."""

import hashlib
from pathlib import Path

import pytest
from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from command.tiers.registry import open_engine
from web_console.migrations import METADATA, config_for, migrate


def hash_login(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(tmp_path / "registry.db")


@pytest.fixture
def config(engine: Engine) -> Config:
    return config_for(engine, hash_login=hash_login)


def test_the_migrations_make_exactly_the_tables(engine: Engine, config: Config) -> None:
    migrate(engine, hash_login=hash_login)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    alembic.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine, hash_login=hash_login)
    engine.dispose()


def test_every_step_goes_up_and_down_and_keeps_the_rows(engine: Engine, config: Config) -> None:
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


def test_logins_become_hashes_and_whoever_was_signed_in_stays_so(tmp_path: Path, engine: Engine, config: Config) -> None:
    alembic.upgrade(config, "0002")
    login = "13900canary7"
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO accounts VALUES ('{login}', 'person', 'p1', 'argon', 0, 1)", "INSERT INTO accounts VALUES ('bo', 'officer', 'bo', 'argon', 0, 2)",
            f"INSERT INTO sessions VALUES ('token', '{login}', 5)", f"INSERT INTO invitations VALUES ('code', '{login}', 'person', 'p1', 5)",
        ):  # fmt: skip
            connection.execute(text(statement))
    alembic.upgrade(config, "0003")
    for table in ("accounts", "sessions", "invitations"):
        with engine.connect() as connection:
            assert hash_login(login) in connection.execute(text(f"SELECT login_hash FROM {table}")).scalars().all()
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()
    assert not [path.name for path in tmp_path.iterdir() if login.encode() in path.read_bytes()]
    alembic.downgrade(config, "0002")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT login FROM sessions")).scalars().all() == [hash_login(login)]
    engine.dispose()


def _shape(engine: Engine) -> dict[str, list[tuple[str, str]]]:
    """Tables with their columns and types."""
    found = inspect(engine)
    return {name: [(c["name"], str(c["type"])) for c in found.get_columns(name)] for name in sorted(found.get_table_names())}
