"""Import and export from the command line (命令行): the same as in the browser, run here and now.

    result = run_import("customers", Path("客户.xlsx"), actor=person, mapping=None, on_duplicate="skip", dry_run=False)
    run_export("customers", Path("客户.csv"), actor=person, filter=None)

`mapping` is the mapping as JSON, or None for the proposed one. Both raise Problem with a sentence for people.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from zhike.features.approval.exports import ask_for_export
from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.jobs.models import DONE, Job
from zhike.features.jobs.run import run_now
from zhike.features.transfer.destinations import whole
from zhike.features.transfer.exporting import exportable, read_wanted
from zhike.features.transfer.importing import begin_import, change_import, refuse_unless_mapped
from zhike.features.transfer.models import RUNNING, SavedMapping
from zhike.features.transfer.refused import blocks
from zhike.kernel.errors import Invalid, Refused
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit


def run_import(
    collection: str,
    path: Path,
    *,
    actor: Any,
    mapping: dict[str, Any] | None = None,
    on_duplicate: str = "skip",
    dry_run: bool = False,
    refused: Path | None = None,
) -> dict[str, Any]:
    """Import a file and return what became of its rows.

    Arguments:
        actor: the person to act as, loaded with `Person.objects.acting()`.
        refused: where to write the refused rows; beside the file as “<name> 退回的行.csv” when not given.

    Returns: {"import": id, "created", "updated", "skipped", "refused": numbers, "reasons": [{"label", "reason", "count",
        "rows"}], "undo_until": a moment or None, "refused_file": path or None}, and for a dry run
        "unknown": {field: [{"value", "count", "suggestion"}]}.
    """
    if not path.is_file():
        raise Invalid.of({"file": f"没有文件“{path}”"}, {"file": "文件"})
    found = begin_import(collection, path.name, blocks(path), actor=actor)
    chosen = {"mapping": mapping} if mapping is not None else {}
    found = change_import(found, {"on_duplicate": on_duplicate, **chosen}, actor=actor)
    refuse_unless_mapped(found)
    kind = "import_check" if dry_run else "import"
    made = Job.objects.create(kind=kind, label=f"导入 {path.name}", arguments={"import_id": found.pk}, owner_id=actor.pk)
    found.job, found.state = made, found.state if dry_run else RUNNING
    found.save(update_fields=["job", "state"])
    result = finished(made)
    kept = result["refused_file"]
    place = copied(kept["id"], refused or path.with_name(kept["name"])) if kept else None
    found.refresh_from_db()
    until = found.undo_until()
    return {
        "import": found.pk, **result, "reasons": named(result["reasons"], find(collection)),
        "undo_until": until.isoformat() if until else None, "refused_file": str(place) if place else None,
    }  # fmt: skip


def named(reasons: list[dict[str, Any]], model: Any) -> list[dict[str, Any]]:
    """Why rows were refused, each with what people call the field; "" for what is wrong with a row as a whole."""
    known = whole(model)
    return [{**why, "label": known[why["field"]].label if why["field"] in known else ""} for why in reasons]


def run_export(collection: str, path: Path, *, actor: Any, filter: Any = None) -> dict[str, Any]:
    """Export what the actor may see to a CSV or XLSX file, by the ending of its name; returns {"rows": number}."""
    model = find(collection)
    permit(model, "export", actor)
    wanted = read_wanted(model, {"filter": filter, "format": path.suffix.lstrip(".").lower() or "csv"}, actor)
    ask_for_export(exportable(model, filter, actor), actor)
    arguments = {"collection": collection, **wanted}
    made = Job.objects.create(kind="export", label=f"导出{model.spec.label}", arguments=arguments, owner_id=actor.pk)
    result = finished(made)
    copied(result["file"]["id"], path)
    return {"rows": result["rows"]}


def named_mapping(collection: str, name: str) -> dict[str, Any]:
    """A saved mapping by its name, for `--mapping` when there is no such file. Raises Invalid."""
    saved = SavedMapping.objects.filter(collection=collection, name=name).first()
    if saved is None:
        raise Invalid.of({"mapping": f"没有文件也没有已存的对应关系“{name}”"}, {"mapping": "对应关系"})
    return dict(saved.mapping)


def finished(made: Job) -> dict[str, Any]:
    """Run a job in this very process. It was never queued, so no worker takes it too. Raises Refused with its error."""
    done = run_now(made.pk)
    if done.state != DONE:
        raise Refused(done.error)
    return dict(done.result)


def copied(file: int, place: Path) -> Path:
    shutil.copyfile(path_of(StoredFile.objects.get(pk=file).digest), place)
    return place
