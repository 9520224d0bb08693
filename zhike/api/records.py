"""Reading and writing records of any object."""

from __future__ import annotations

from typing import Any

import orjson
from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse

from zhike.api.approvals import held_back
from zhike.api.asked import asked, number, words
from zhike.api.idempotency import once
from zhike.api.json import body, passed_on, respond
from zhike.api.undo import undoable
from zhike.features.approval.many import ask_for_many
from zhike.features.approval.submitting import Deed
from zhike.features.insight.noting import viewed
from zhike.features.sharing.giving import shareable
from zhike.kernel import related, sight, writes
from zhike.kernel.errors import Invalid, NotFound, Stale
from zhike.kernel.query import aggregate as aggregation
from zhike.kernel.query import listing
from zhike.kernel.query.rows import fetch_record
from zhike.kernel.reach import Reach
from zhike.kernel.record import WRITING, leaving, of_its_author, scope_of, shared, whether
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit
from zhike.kernel.writes.parsing import parse_fields
from zhike.words.catalogue import word


def index(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """One page of a collection."""
    model, wanted = find(collection), asked(request)
    permit(model, "view", actor)
    page = listing.page(model, wanted, actor)
    following = orjson.dumps(page.next).decode()
    if request.GET.get("total"):
        counted = orjson.dumps(listing.total(model, wanted, actor)).decode()
        return passed_on('{"rows":', page.rows, ',"next":', following, ',"total":', counted, "}")
    return passed_on('{"rows":', page.rows, ',"next":', following, "}")


def aggregate(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Grouped measures of a collection."""
    model = find(collection)
    permit(model, "view", actor)
    wanted = asked(request, also=frozenset({"group", "measures"}))
    limit = number(request.GET, "limit", aggregation.MOST_ROWS)
    rows = aggregation.aggregate(
        model, wanted, actor, group=words(request.GET, "group"),
        measures=words(request.GET, "measures") or ["count"], limit=limit,
    )  # fmt: skip
    return passed_on('{"rows":', rows, "}")


def options(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """A few records to choose from, found by any part of their name, pinyin included."""
    model = find(collection)
    wanted = listing.Asked(words=asked(request).words, limit=number(request.GET, "limit", 20))
    hint = tuple(name for name in model.spec.subtitle if name in sight.readable(model, actor))[:1]
    page = listing.page(model, listing.Asked(**{**vars(wanted), "fields": ("id", model.spec.title, *hint)}), actor)
    rows = [_choice(model, row, hint, actor) for row in orjson.loads(page.rows)]
    return respond({"rows": rows})


def _choice(model: Any, row: dict[str, Any], hint: tuple[str, ...], actor: Any) -> dict[str, Any]:
    kind = model.kinds()[hint[0]] if hint else None
    shown = sight.as_text(model, hint[0], row[hint[0]], actor) if hint else ""
    return {"id": row["id"], "label": row[model.spec.title], "hint": word(shown) if hasattr(kind, "options") else shown}


def read(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """One record with what may be done to it."""
    model = find(collection)
    answer = passed_on(record_json(model, pk, actor))
    viewed(model, pk, actor)
    return answer


def record_json(model: Any, pk: int, actor: Any, extra: dict[str, Any] | None = None) -> str:
    """A record and what may be done to it, as JSON text; one query. Raises NotFound."""
    reaches = {verb: actor.reach(verb, model) for verb in model.verbs()}
    different = list(dict.fromkeys(reaches.values()))
    record, facts = fetch_record(model, pk, actor, lambda who: _facts(model, who, different))
    may = {verb: facts[f"within_{different.index(reach)}"] for verb, reach in reaches.items()}
    own, may["change"] = may["change"], may["change"] or facts.get("shared", False)
    may |= {verb: may[verb] and facts["written"] for verb in WRITING if of_its_author(model, actor, verb)}
    more = orjson.dumps(_possible(model, facts, may, own) | (extra or {})).decode()
    return f"{record[:-1]},{more[1:]}"


def _facts(model: Any, actor: Any, reaches: list[Reach]) -> dict[str, Any]:
    """The states that decide on actions, and how far into each reach a record falls."""
    states = {a.state for a in model.actions().values() if a.state}
    within = {f"within_{n}": whether(scope_of(model, actor, reach)) for n, reach in enumerate(reaches)}
    opened = shared(model, actor, "change")
    lent = {"shared": whether(opened)} if opened and actor.reach("change", model) is not Reach.NONE else {}
    about = {"leaves": whether(leaving(model)), "written": whether(Q(created_by=actor.pk))}
    return {f"now_{s}": F(s) for s in states} | within | lent | about


def _possible(model: Any, facts: dict[str, Any], may: dict[str, bool], own: bool) -> dict[str, Any]:
    """Actions (null, or why not) and plain verbs (yes or no) on this record, for this actor."""
    record = model()
    for name, value in facts.items():
        if name.startswith("now_"):
            setattr(record, name.removeprefix("now_"), value)
    actions = {n: a.why_not(record) for n, a in model.actions().items() if may[n]}
    plain = {v: may.get(v, False) for v in ("change", "delete", "transfer")} | {"share": own and shareable(model)}
    out = {"export": may["export"] and facts["leaves"]} if model.spec.leaves else {}
    return {"actions": actions, "may": plain | out}


def create(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Add a record; with an Idempotency-Key a retried request adds it once. What is assignable may be for a colleague."""
    model, data = find(collection), body(request)
    to = colleague({"owner": data.pop("owner")}) if model.spec.assignable and data.get("owner") else None

    allowed = request.GET.get("duplicates") == "allow"

    def made() -> HttpResponse:
        with transaction.atomic():
            record = writes.create(model, data, actor=actor, allow_duplicates=allowed)
            if to is not None and to.pk != actor.pk:
                writes.transfer(record, to, actor=actor)
        return _after(model, record.pk, actor, None, status=201)

    options = {"allow_duplicates": allowed, "owner": to.pk if to else None}
    deed = Deed(collection=collection, verb="add", data=data, options=options)
    return once(actor, request, lambda: held_back(actor, deed, made))


def change(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """Change the fields that are sent; with an Idempotency-Key a retried request is answered like the first."""
    data = body(request)
    return changed_to(actor, request, find(collection), pk, data, version(request, data))


def changed_to(actor: Any, request: HttpRequest, model: Any, pk: int, data: dict[str, Any], expected: int | None) -> HttpResponse:
    """The record with these fields changed, or what somebody must agree to first; Stale tells how it is now."""

    def changed() -> HttpResponse:
        try:
            writes.update(model(pk=pk), data, actor=actor, version=expected)
        except Stale as late:  # whoever was slower decides with the record before her eyes
            late.extra["current"] = orjson.loads(record_json(model, pk, actor))
            raise
        return passed_on(record_json(model, pk, actor))

    deed = Deed(collection=model.spec.collection, verb="change", record=pk, data=data)
    return once(actor, request, lambda: held_back(actor, deed, changed))


def remove(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    model, expected = find(collection), version(request, {})

    def removed() -> HttpResponse:
        ask_for_many(model.objects.visible_to(actor, "delete").filter(pk=pk), "delete", actor)
        writes.delete(model(pk=pk), actor=actor, version=expected)
        return HttpResponse(status=204)

    return held_back(actor, Deed(collection=collection, verb="delete", record=pk), lambda: undoable(removed))


def act(actor: Any, request: HttpRequest, collection: str, pk: int, action: str) -> HttpResponse:
    """Run an action; what it made or found is told beside the record."""
    model, data = find(collection), body(request)
    if action not in model.actions():
        raise NotFound("没有这个操作")
    expected = version(request, data)

    def done() -> HttpResponse:
        extra = writes.act(model(pk=pk), action, data, actor=actor, version=expected)
        return _after(model, pk, actor, extra)

    deed = Deed(collection=collection, verb=action, record=pk, data=data)
    return once(actor, request, lambda: held_back(actor, deed, done))


def transfer(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """Hand a record to another person; `along` names the related lists whose pending records go with it."""
    model, data = find(collection), body(request)
    expected, along = version(request, data), going_along(data)
    to = colleague(data)

    def moved() -> HttpResponse:
        ask_for_many(model.objects.visible_to(actor, "transfer").filter(pk=pk), "transfer", actor)
        counted = writes.transfer_with(model(pk=pk), to, along, actor=actor, version=expected)
        return _after(model, pk, actor, {"along": counted} if along else None)

    deed = Deed(collection=collection, verb="transfer", record=pk, options={"owner": to.pk, "along": along})
    return held_back(actor, deed, lambda: undoable(moved))


def companions(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """What may be handed over with this record, and how many of each."""
    model = find(collection)
    found = model.objects.visible_to(actor, "transfer").filter(pk=pk)
    if not found.exists():
        raise NotFound()
    return respond({"rows": counted_companions(found, actor)})


def counted_companions(rows: Any, actor: Any) -> list[dict[str, Any]]:
    """一并转交: what these records could take along, and how many of each; collaborators stay only where somebody asks for it."""
    counted = ((key, r, found.count()) for key, r, found in related.companions(rows, actor))
    listed = [{"key": key, "label": r.label or apps.get_model(r.to).spec.label, "count": n} for key, r, n in counted]
    beside = related.collaborating(rows, actor)
    return [*listed, *([{"key": beside[0].name, "label": beside[0].label, "count": beside[1], "beside": True}] if beside else [])]


def going_along(data: dict[str, Any]) -> list[str]:
    """The related lists named in the body. Raises Invalid."""
    along = data.pop("along", [])
    if not isinstance(along, list) or not all(isinstance(key, str) for key in along):
        raise Invalid.of({"along": "应为一组相关列表的名称"}, {"along": "一并转交"})
    return list(dict.fromkeys(along))


def colleague(data: dict[str, Any]) -> Any:
    """Somebody active, named in the body as `owner`. Raises Invalid."""
    from zhike.org.objects.person import Person

    to = Person.objects.filter(pk=recipient(data)).first()
    if to is None or to.gone:
        raise Invalid.of({"owner": "没有这个人，或已停用"}, {"owner": "负责人"})
    return to


def recipient(data: dict[str, Any]) -> int:
    """The person named in the body. Raises Invalid."""
    from zhike.kernel.kinds.references import identifier

    if unknown := set(data) - {"owner"}:
        raise Invalid.of(dict.fromkeys(unknown, "没有这个字段"))
    try:
        return identifier(data.get("owner"))
    except ValueError as error:
        raise Invalid.of({"owner": str(error)}, {"owner": "负责人"}) from None


def _after(model: Any, pk: int, actor: Any, extra: dict[str, Any] | None, status: int = 200) -> HttpResponse:
    """The record as it is now; only its id when it has left the actor's sight."""
    try:
        return passed_on(record_json(model, pk, actor, extra), status=status)
    except NotFound:
        return respond({"id": pk, "gone": True, **(extra or {})}, status)


def likely_duplicates(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Records like the one being typed; what cannot be read yet is not compared."""
    model, data = find(collection), body(request)
    permit(model, "add", actor)
    pk = data.pop("id", None)
    closed = sight.refused(model, data, actor)
    values, _ = parse_fields(model.kinds(), {n: v for n, v in data.items() if n not in closed}, whole=False)
    record = model(pk=pk if isinstance(pk, int) else None)
    for name in {s.field for s in model.spec.duplicates} & set(values):
        setattr(record, name, values[name])
    return respond({"duplicates": writes.likely_duplicates(record, actor)})


def version(request: HttpRequest, data: dict[str, Any]) -> int | None:
    """The version the caller has seen, from If-Match or from the body. Raises Invalid."""
    stated = data.pop("version", None)
    if stated is None:
        stated = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"') or None
    if stated is None or stated == "*":
        return None
    text = str(stated)
    if isinstance(stated, bool) or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Invalid.of({"version": "应为正整数"})
    return int(text)
