"""Which schema revision a database has, and how it comes to ours."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from connectors.store.engine import Database
from schemas.errors import StoreRevision

HEAD = "0003"
_MIGRATIONS = Path(__file__).parent / "migrations"


def current(db: Connection) -> str:
    """Empty where there is no table of ours."""
    if not inspect(db).has_table("alembic_version"):
        return ""
    return db.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def ensure(database: Database) -> None:
    """An empty database is made whole; one of another revision is left alone."""
    found = database.read(current)
    if not found:
        upgrade(database)
    elif found != HEAD:
        raise StoreRevision(found, HEAD)


def upgrade(database: Database) -> None:
    """In one transaction, so that of two processes that start at once one makes it."""
    try:
        database.write(_upgrade)
    except DBAPIError:
        if database.read(current) != HEAD:
            raise


def _upgrade(db: Connection) -> None:
    from alembic import command  # here: only the first start and an upgrade pay for the import
    from alembic.config import Config

    config: Any = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = db
    command.upgrade(config, "head")
