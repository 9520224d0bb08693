"""What people do with an import (导入): begin it, choose where its columns go, look, run, take back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from zhike.features.approval.many import ask_for_a_file
from zhike.features.jobs.run import start
from zhike.features.transfer.looking import preview, unknown_values
from zhike.features.transfer.mapping import ON_DUPLICATE, read_mapping
from zhike.features.transfer.models import CHECKED, DONE, DRAFT, FAILED, RUNNING, Import
from zhike.features.transfer.plan import Plan
from zhike.features.transfer.proposing import propose_mapping
from zhike.features.transfer.refused import REASON
from zhike.features.transfer.source import keep_file, open_again, open_first
from zhike.kernel.errors import Invalid, NotFound, Refused
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

GONE_THROUGH = 50
LISTED = 50
STARTABLE = (DRAFT, CHECKED, FAILED)
NOTHING = {"created": 0, "updated": 0, "skipped": 0, "refused": 0, "reasons": [], "refused_file": None, "undone": None}


def find_import(pk: int, actor: Any) -> Import:
    """One of the actor's imports. Raises NotFound."""
    found: Import | None = Import.objects.select_related("job", "file", "laid_out").filter(pk=pk, owner_id=actor.pk).first()
    if found is None:
        raise NotFound("没有这次导入")
    return found


def permit_import(collection: Any, actor: Any) -> Any:
    """The object, if the actor may import records of it. Raises NotFound, Forbidden."""
    model = find(collection if isinstance(collection, str) else "")
    permit(model, "add", actor)
    permit(model, "import", actor)
    return model


@transaction.atomic
def begin_import(collection: Any, name: str, chunks: Iterable[bytes], *, actor: Any, sheet: str | None = None) -> Import:
    """Keep a file, read what it is and propose a mapping. Raises Forbidden, Invalid with the reason beside the file."""
    model = permit_import(collection, actor)
    found = Import(collection=model.spec.collection, owner_id=actor.pk)
    found.file = keep_file(name, chunks, owner=actor)
    table = open_first(found, actor, sheet)
    found.mapping = propose_mapping(model, table, actor).as_json()
    if REASON in found.headers:
        go_on_with(found)
    found.save()
    return found


def go_on_with(found: Import) -> None:
    """Refused rows that come back mended are read as they were the first time (退回的行改好再导入)."""
    own = [header for header in found.headers if header != REASON]
    done = Import.objects.filter(owner_id=found.owner_id, collection=found.collection, state=DONE).order_by("-pk")
    earlier = next((each for each in done[:GONE_THROUGH] if [h for h in each.headers if h != REASON] == own), None)
    if earlier is not None:
        found.mapping, found.on_duplicate = earlier.mapping, earlier.on_duplicate


@transaction.atomic
def change_import(found: Import, data: dict[str, Any], *, actor: Any) -> Import:
    """Choose the mapping, what to do with duplicates, or another sheet. Raises Invalid, Refused when it has run already."""
    model = permit_import(found.collection, actor)
    refuse_unless(found, STARTABLE, "已经导入的不能再修改，请重新上传文件")
    if unknown := set(data) - {"mapping", "on_duplicate", "sheet"}:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    if "sheet" in data:
        change_sheet(found, model, data["sheet"], actor)
    if "mapping" in data:
        mapping = read_mapping(data["mapping"], model, actor, found.headers)
        Plan(model, mapping, tuple(found.headers), actor)  # says at once which default cannot be
        found.mapping = mapping.as_json()
    if "on_duplicate" in data:
        if data["on_duplicate"] not in ON_DUPLICATE:
            raise Invalid.of({"on_duplicate": f"应为 {'、'.join(ON_DUPLICATE)} 之一"}, {"on_duplicate": "重复时"})
        found.on_duplicate = data["on_duplicate"]
    found.state = DRAFT
    found.save()
    return found


def change_sheet(found: Import, model: Any, sheet: Any, actor: Any) -> None:
    """Take another sheet of the workbook, with a proposal of its own. Raises Invalid."""
    if sheet not in found.sheets:
        raise Invalid.of({"sheet": "没有这个工作表"}, {"sheet": "工作表"})
    if sheet != found.sheet:
        found.mapping = propose_mapping(model, open_first(found, actor, sheet), actor).as_json()


@transaction.atomic
def start_import(found: Import, kind: str, *, actor: Any) -> Any:
    """Queue the run of an import ("import"), its dry run ("import_check") or its undoing ("import_undo"). Raises Refused."""
    model = permit_import(found.collection, actor)
    found = Import.objects.select_for_update(of=("self",)).select_related("job", "file").get(pk=found.pk)
    if kind == "import_undo":
        refuse_unless_undoable(found)
        label = f"撤销导入 {found.file.name}"
    else:
        refuse_unless(found, STARTABLE, "这次导入正在进行或已经完成")
        refuse_unless_mapped(found)
        named, file = model.spec.label, found.file.name
        label = f"导入{named} {file}" if kind == "import" else f"检查{named} {file}"
    made = start(kind, label, {"import_id": found.pk}, actor=actor)
    found.job = made
    if kind == "import":
        found.state = RUNNING
    found.save(update_fields=["job", "state"])
    return made


def chosen_of(found: Import) -> dict[str, Any]:
    """What was chosen for it: agreement is given to this and nothing else."""
    return {"mapping": found.mapping, "on_duplicate": found.on_duplicate, "sheet": found.sheet}


def ask_for_update(found: Import, actor: Any) -> None:
    """Raise Held when it may update more records than a policy lets one change alone; tried out, it is known how many."""
    if found.on_duplicate != "update":
        return
    count = found.result.get("updated", found.rows) if found.state == CHECKED else found.rows
    columns = found.mapping.get("columns", {}).values()
    ask_for_a_file(find(found.collection), count, actor, {column["field"] for column in columns})


def refuse_unless(found: Import, states: tuple[str, ...], reason: str) -> None:
    if found.busy or found.current_state() not in states:
        raise Refused(reason)


def refuse_unless_mapped(found: Import) -> None:
    if not found.mapping.get("columns"):
        raise Invalid.of({"mapping": "请至少选择一列的去处"}, {"mapping": "对应关系"})


def refuse_unless_undoable(found: Import) -> None:
    if found.busy:
        raise Refused("正在撤销，请稍候")
    if not found.may_be_undone():
        raise Refused("这次导入没有完成、已经撤销，或者已过了可以撤销的期限")


def imports_of(actor: Any, after: int = 0) -> list[dict[str, Any]]:
    """The actor's latest imports, newest first, without a look into their files; `after` is the id of the last one shown."""
    rows = Import.objects.select_related("job", "file").filter(owner_id=actor.pk).order_by("-pk")
    return [summary(found) for found in (rows.filter(pk__lt=after) if after else rows)[:LISTED]]


def summary(found: Import) -> dict[str, Any]:
    """What an import is and how far it has come."""
    until = found.undo_until()
    shown: dict[str, Any] = {name: getattr(found, name) for name in SHOWN}
    shown |= {"filename": found.file.name, "state": found.current_state(), "job": found.job_id}
    shown |= {"created_at": found.created_at.isoformat(), "result": {**NOTHING, **found.result}}
    return shown | {"undo": {"possible": found.may_be_undone(), "until": until.isoformat() if until else None}}


def as_json(found: Import, actor: Any) -> dict[str, Any]:
    """Everything the wizard shows of an import, with a look into the file as long as it has not run."""
    shown = summary(found) | {"preview": [], "unknown": {}}
    shown["columns"] = [{**column, "samples": column["samples"][:5]} for column in found.columns]
    if shown["state"] in STARTABLE:
        model = find(found.collection)
        plan = Plan(model, read_mapping(found.mapping, model, actor, found.headers), tuple(found.headers), actor)
        table = open_again(found)
        shown |= {"preview": preview(plan, table), "unknown": unknown_values(plan, table)}
    return shown


SHOWN = ("id", "collection", "encoding", "delimiter", "sheet", "sheets", "rows", "mapping", "on_duplicate")
