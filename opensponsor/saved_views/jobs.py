"""Background work of lists: writing long exports, dropping those that nobody fetched."""

from uuid import UUID

from procrastinate.contrib.django import app

from opensponsor.core.jobs import enqueue
from opensponsor.saved_views.models import Export
from opensponsor.saved_views.services import exports


@app.task
def write_export(export_id: str) -> None:
    """Write the file of a long list."""
    exports.write_export(UUID(export_id))


def write_later(export: Export) -> None:
    """Ask for the file of a long list, in the transaction that recorded the wish for it."""
    enqueue(write_export, export_id=str(export.pk))


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="expire_exports")
def expire_exports(timestamp: int) -> None:
    """Every hour."""
    exports.expire_exports()
