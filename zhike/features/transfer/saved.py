"""Saved mappings (已存的对应关系): shared by all who may import the same object, and shipped with packs."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from django.db import connection
from django.db.models import Q

from zhike.features.transfer.importing import permit_import
from zhike.features.transfer.mapping import read_mapping
from zhike.features.transfer.models import SavedMapping
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.reach import Reach
from zhike.kernel.registry import every_object, objects
from zhike.org.objects.person import System

SHIPPED = System("packs")
LONGEST_NAME = 100


def saved_mappings(actor: Any) -> list[SavedMapping]:
    """Those of every object the actor may import."""
    mine = [c for c, model in objects().items() if actor.reach("import", model) is not Reach.NONE]
    return list(SavedMapping.objects.filter(collection__in=mine).select_related("owner").order_by("collection", "name"))


def save_mapping(data: dict[str, Any], *, actor: Any) -> SavedMapping:
    """Keep a mapping under a name. Raises Invalid when it is wrong or the name is taken."""
    if set(data) != {"name", "collection", "mapping"}:
        raise Invalid.of({"mapping": "应由 name、collection 与 mapping 组成"}, {"mapping": "对应关系"})
    model = permit_import(data["collection"], actor)
    mapping = read_mapping(data["mapping"], model, actor)
    name = " ".join(data["name"].split()) if isinstance(data["name"], str) else ""
    if not 0 < len(name) <= LONGEST_NAME or "\x00" in name:
        raise Invalid.of({"name": f"名称应为 1 到 {LONGEST_NAME} 个字"}, {"name": "名称"})
    made, fresh = SavedMapping.objects.get_or_create(
        name=name, collection=model.spec.collection, defaults={"mapping": mapping.as_json(), "owner_id": actor.pk}
    )
    if not fresh:
        raise Invalid.of({"name": f"“{name}”已存在"}, {"name": "名称"})
    return made


def delete_mapping(pk: int, *, actor: Any) -> None:
    """Remove a mapping the actor saved herself, or anybody's of an object she may import everywhere. Raises NotFound.

    Those that packs bring belong to nobody and stay.
    """
    everywhere = [c for c, model in objects().items() if actor.reach("import", model) is Reach.ALL]
    kept = SavedMapping.objects.filter(Q(owner_id=actor.pk) | Q(collection__in=everywhere), pk=pk, owner__isnull=False)
    deleted, _ = kept.delete()
    if not deleted:
        raise NotFound("没有这个对应关系，或者它不是您保存的")


def install_shipped(**_: Any) -> None:
    """Put the mappings that packs bring beside the saved ones; what stands under the name already stays."""
    if SavedMapping._meta.db_table not in connection.introspection.table_names():
        return
    for pack in files("zhike.packs").iterdir():
        folder = pack.joinpath("mappings")
        for file in folder.iterdir() if folder.is_dir() else ():
            shipped = json.loads(file.read_text(encoding="utf-8"))
            model = every_object()[shipped["collection"]]
            mapping = read_mapping(shipped["mapping"], model, SHIPPED).as_json()
            SavedMapping.objects.get_or_create(
                name=shipped["name"], collection=model.spec.collection, defaults={"mapping": mapping}
            )
