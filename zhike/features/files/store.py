"""Keeping files: written whole under their digest before anything refers to them, so that no reference ever dangles."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from zhike.features.files.content import recognised
from zhike.features.files.models import StoredFile
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds import File
from zhike.kernel.registry import objects
from zhike.kernel.sight import readable
from zhike.org.acting import behind

LARGEST = 200 * 1024 * 1024
_doors: list[Callable[[int, Any], bool]] = []


def keep_upload(name: str, claimed: str, chunks: Iterable[bytes], *, owner: Any) -> StoredFile:
    """Store what somebody sent as what it really is. Raises Invalid for programs and for what is too large."""
    pieces = iter(chunks)
    head = next(pieces, b"")
    return keep(name, recognised(head, claimed), chain([head], pieces), owner=owner)


def keep(name: str, content_type: str, chunks: Iterable[bytes], *, owner: Any) -> StoredFile:
    """Store a file. Raises Invalid when it is too large."""
    folder = Path(settings.FILES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as written:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise Invalid.of({"file": f"文件不能超过 {LARGEST // 1024 // 1024} MB"})
                digest.update(chunk)
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
        except BaseException:
            Path(written.name).unlink()
            raise
    return _register(Path(written.name), clean_name(name), content_type, size, digest.hexdigest(), owner)


def _register(temporary: Path, name: str, content_type: str, size: int, digest: str, owner: Any) -> StoredFile:
    place = path_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(place)
    return StoredFile.objects.create(
        name=name, size=size, type=content_type[:100] or "application/octet-stream", digest=digest, owner_id=behind(owner).pk
    )


def clean_name(name: str) -> str:
    """The last part of the name, without anything a file system or a header could take amiss."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-255:] or "file"


def path_of(digest: str) -> Path:
    """Where the bytes lie."""
    return Path(settings.FILES_FOLDER) / digest[:2] / digest


def find_file(pk: int, actor: Any) -> StoredFile:
    """A file the actor uploaded, or that hangs on a record she may see. Raises NotFound."""
    found: StoredFile | None = StoredFile.objects.filter(pk=pk).first()
    own = found is not None and found.owner_id == behind(actor).pk
    if found is None or not (own or _on_visible_record(pk, actor) or any(d(pk, actor) for d in _doors)):
        raise NotFound("没有这个文件，或您无权查看")
    return found


def door(opens: Callable[[int, Any], bool]) -> Callable[[int, Any], bool]:
    """Declare another way to a file than its owner and its records: whether it leads this actor to the file of this id."""
    _doors.append(opens)
    return opens


def _on_visible_record(pk: int, actor: Any) -> bool:
    return any(
        model.objects.visible_to(actor).filter(holding).exists()
        for model in objects().values()
        if (holding := _holding(model, pk, actor))
    )


def _holding(model: Any, pk: int, actor: Any) -> Q:
    """Records that hold the file in a field the actor may see."""
    paths = [kind.path for kind in readable(model, actor).values() if isinstance(kind, File)]
    return Q(*(Q(**{f"{path}__contains": [pk]}) for path in paths), _connector=Q.OR) if paths else Q()
