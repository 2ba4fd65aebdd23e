"""The registry's file: durable at once, and silent about whom it holds."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from command.tiers.registry import open_engine

FULL = 2


def test_a_revision_the_log_speaks_of_survives_a_power_cut(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "registry.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
    engine.dispose()


def test_an_error_does_not_repeat_the_values_it_was_given(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "registry.db")
    with engine.connect() as connection, pytest.raises(SQLAlchemyError) as met:
        connection.execute(text("INSERT INTO nowhere VALUES (:phone)"), {"phone": "13900001111"})
    assert "13900001111" not in str(met.value)
    engine.dispose()
