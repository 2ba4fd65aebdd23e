"""The registry's migrations, run by the server itself when it opens a realm."""

from collections.abc import Callable
from pathlib import Path

from alembic import command as alembic
from alembic.config import Config
from sqlalchemy import Engine

import mobilization.tables
import web_console.accounts.tables
import web_console.imports.tables
import web_console.walls.tables
from command.tiers.tables import Table

METADATA = Table.metadata
ROOMS = (mobilization.tables, web_console.accounts.tables, web_console.imports.tables, web_console.walls.tables)
"""Imported so that their tables are in the metadata."""


def config_for(engine: Engine, *, hash_login: Callable[[str], str]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    config.attributes["hash_login"] = hash_login
    return config


def migrate(engine: Engine, *, hash_login: Callable[[str], str]) -> None:
    """Bring the tables of this registry up to date. `hash_login` is what the tables know a login by."""
    alembic.upgrade(config_for(engine, hash_login=hash_login), "head")
