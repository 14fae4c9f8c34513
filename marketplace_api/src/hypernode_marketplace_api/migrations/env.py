"""Runs the revisions on the connection it was handed, inside that connection's transaction."""

from alembic import context

from hypernode_marketplace_api.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
