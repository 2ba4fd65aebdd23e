"""The registry's migrations, run by the server itself when it opens a realm."""

from pathlib import Path

from alembic import command as alembic
from alembic.config import Config
from sqlalchemy import Engine

import mobilization.tables
import web_console.accounts.tables
from command.tiers.tables import Table

METADATA = Table.metadata
ROOMS = (mobilization.tables, web_console.accounts.tables)
"""Imported so that their tables are in the metadata."""


def config_for(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    return config


def migrate(engine: Engine) -> None:
    """Bring the tables of this registry up to date."""
    alembic.upgrade(config_for(engine), "head")
