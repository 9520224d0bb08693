"""The long work of transfer (导入、检查、撤销、导出) as jobs people can watch and cancel."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from zhike.features.jobs.run import Run, job
from zhike.features.transfer.engine import Importing
from zhike.features.transfer.exporting import write_export
from zhike.features.transfer.looking import unknown_values
from zhike.features.transfer.mapping import read_mapping
from zhike.features.transfer.models import CHECKED, DONE, UNDONE, Import
from zhike.features.transfer.plan import Plan
from zhike.features.transfer.refused import RefusedRows
from zhike.features.transfer.source import open_again
from zhike.features.transfer.undo import undo_import
from zhike.kernel.registry import find


class TakenBack(Exception):
    """The end of a dry run: whatever was written is not."""


@job("import")
def import_rows(run: Run, import_id: int) -> dict[str, Any]:
    """Write the rows of a file. All or nothing: a cancelled or failed import has written nothing."""
    found = locked(import_id)
    wait_for_turn(found.collection)
    found.result = take_rows(found, run)
    found.state, found.finished_at = DONE, timezone.now()
    found.save(update_fields=["result", "state", "finished_at"])
    return {**found.result, "import": found.pk}


@job("import_check")
def check_rows(run: Run, import_id: int) -> dict[str, Any]:
    """试运行: the very same import, taken back at the end, so that what it tells is what would happen."""
    found = locked(import_id)
    model = find(found.collection)
    plan = Plan(model, read_mapping(found.mapping, model, run.actor, found.headers), tuple(found.headers), run.actor)
    unknown = unknown_values(plan, open_again(found))
    refused = RefusedRows(found.headers, plan.known)
    try:
        with transaction.atomic():
            counts = run_rows(found, run, refused)
            raise TakenBack
    except TakenBack:
        kept = refused.keep(found.file.name, run.actor)
    finally:
        refused.discard()
    found.state = CHECKED
    found.result = {**counts, "reasons": refused.told(), "refused_file": kept}
    found.save(update_fields=["state", "result"])
    return {**found.result, "unknown": unknown, "import": found.pk}


@job("import_undo")
def undo_rows(run: Run, import_id: int) -> dict[str, Any]:
    """Take a whole import back as far as nothing else has touched it."""
    found = locked(import_id)
    undone = undo_import(found, run.actor, lambda done: run.progress(done, found.result.get("created")))
    found.state, found.result = UNDONE, {**found.result, "undone": undone.as_json()}
    found.save(update_fields=["state", "result"])
    return {**undone.as_json(), "import": found.pk}


@job("export")
def export_rows(run: Run, collection: str, **wanted: Any) -> dict[str, Any]:
    """Write what the actor may export to a file."""
    return write_export(run, find(collection), **wanted)


def locked(pk: int) -> Import:
    found: Import = Import.objects.select_for_update(of=("self",)).select_related("file", "laid_out").get(pk=pk)
    return found


def wait_for_turn(collection: str) -> None:
    """One import of an object after the other: two at once would not see each other's rows, and both bring the same customer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {collection}"])


def take_rows(found: Import, run: Run) -> dict[str, Any]:
    refused = RefusedRows(found.headers, {})
    try:
        counts = run_rows(found, run, refused)
        return {**counts, "reasons": refused.told(), "refused_file": refused.keep(found.file.name, run.actor)}
    finally:
        refused.discard()


def run_rows(found: Import, run: Run, refused: RefusedRows) -> dict[str, int]:
    """Every row of the file through the engine, in the name of the import."""
    actor, model = run.actor, find(found.collection)
    actor.through = found.cause
    mapping = read_mapping(found.mapping, model, actor, found.headers)
    plan = Plan(model, mapping, tuple(found.headers), actor)
    refused.known = plan.known
    importing = Importing(
        plan,
        refused,
        width=len(found.headers),
        on_duplicate=found.on_duplicate,
        progress=lambda done: run.progress(min(done, found.rows), found.rows),
    )
    return importing.run(open_again(found).rows()).as_json()
