"""The registry's file: durable at once."""

from pathlib import Path

from command.tiers.registry import open_engine

FULL = 2


def test_a_revision_the_log_speaks_of_survives_a_power_cut(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "registry.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
    engine.dispose()
