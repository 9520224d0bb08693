"""Files beside an opinion are read by whoever has a part in the request."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhike.features.approval.inbox import covered
from zhike.features.approval.models import Request
from zhike.features.files.store import door


@door
def beside_an_opinion(pk: int, actor: Any) -> bool:
    involved = Q(requester_id=actor.pk) | Q(duties__person_id=actor.pk)
    return Request.objects.filter(covered(actor), involved, log__contains=[{"files": [{"id": pk}]}]).exists()
