"""Nobody gives herself a role: what is asked for comes into force by agreement alone, and stays as it was agreed to."""

from __future__ import annotations

from zhike.features.access.objects.access_request import DRAFT, GIVEN, AccessRequest
from zhike.features.approval.guarding import agreement
from zhike.features.approval.standing import is_asked
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Intent, guard_of_what_is_free
from zhike.org.objects.person import System

HARMLESS = ("delete", "transfer", "end")
"""What takes a role away, or changes only who looks after the request."""


@guard_of_what_is_free
def by_agreement_alone(intent: Intent) -> None:
    """Asked after the policies: what they hold back never comes here. Raises Refused."""
    if intent.model is not AccessRequest or intent.verb in HARMLESS or isinstance(intent.actor, System):
        return
    if any(request.state == GIVEN for request in intent.records) and not _agreed(intent):
        raise Refused("权限要先经上级同意；还没有为“权限申请·提交”设审批规则，请联系管理员")
    if intent.verb != "submit" and any(_settled(request) for request in intent.records):
        raise Refused("提交后的权限申请不能修改；请先撤回，或另外申请")


def _agreed(intent: Intent) -> bool:
    request = agreement()
    return request is not None and (request.collection, request.verb) == (AccessRequest.spec.collection, intent.verb)


def _settled(request: AccessRequest) -> bool:
    return request.state != DRAFT or is_asked(request, "submit")
