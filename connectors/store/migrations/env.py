"""What alembic runs: our connection, our transaction."""

from alembic import context

from connectors.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
