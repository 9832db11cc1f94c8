"""Alembic's entry: runs the migrations over the connection that `app.services.opening` hands in."""

from alembic import context

import app.models.approvals
import app.models.catalog
import app.models.customers
import app.models.duty
import app.models.files
import app.models.leave
import app.models.ledger
import app.models.office
import app.models.orders
import app.models.people
import app.models.publishing
import app.models.staff
import app.models.stock  # noqa: F401 (the tables must be known)
from app.models.base import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=False,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
