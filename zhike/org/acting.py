"""Acting for somebody 以…身份: a colleague's session in one's name, for a time and within a scope, written down as hers.

Whoever gives a delegation gives her own and nobody else's: it is no record that could be imported or handed over. The delegate
chooses it for her session; what rules people and permissions stays with oneself.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from zhike.kernel.errors import Forbidden, NotFound
from zhike.kernel.reach import Actor

KEPT = "acting"
VIEW, WORK = "view", "work"
DEPTHS = {VIEW: "只查看", WORK: "查看和处理"}


class Delegation(models.Model):
    """授权代理: who may act for whom, from when until when, how far, on which objects (none named, all)."""

    principal: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    delegate: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    depth = models.CharField(max_length=10, default=WORK)
    collections = ArrayField(models.CharField(max_length=60), default=list)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "org_delegation"
        default_permissions = ()

    def covers(self, verb: str, model: Any) -> bool:
        """Whether the delegate may do this: look, and with the deeper scope add, change and act. Never delete or hand over."""
        if model._meta.app_label == "org" and verb != "view":
            return False
        opened = {"view"} if self.depth == VIEW else {"view", "add", "change", *model.actions()}
        return (not self.collections or model.spec.collection in self.collections) and verb in opened

    def refuse(self, *, reading: bool) -> None:
        """Keep a request to the scope, whatever the address does (评论、关注、显示掩码内容). Raises Forbidden."""
        if self.depth == VIEW and not reading:
            raise Forbidden("这项授权只能查看")


def offered(person: Any) -> QuerySet[Delegation]:
    """The delegations somebody may use today."""
    today = timezone.localdate()
    mine = Delegation.objects.filter(delegate_id=person.pk, starts_on__lte=today, ends_on__gte=today)
    return mine.select_related("principal").order_by("principal__name", "pk")


def begin(session: Any, person: Any, pk: int) -> Any:
    """Act under a delegation from now on, until ended or over. Raises NotFound."""
    found = offered(person).filter(pk=pk).first()
    if found is None or found.principal.gone:
        raise NotFound("没有这项授权，或已过期")
    session[KEPT] = found.pk
    return acting(session, person)


def end(session: Any) -> None:
    session.pop(KEPT, None)


def acting(session: Any, person: Any) -> Any:
    """Who acts in this session: the person herself, or the one she acts for as long as the delegation stands."""
    chosen = session.get(KEPT)
    found = offered(person).filter(pk=chosen).first() if chosen else None
    principal = person._meta.model.objects.acting().filter(pk=found.principal_id).first() if found else None
    if principal is None or principal.gone:
        return person
    principal.delegate, principal.mandate = person, found
    principal.through = f"代 {principal.name}"[:80]
    return principal


def behind(actor: Actor) -> Any:
    """Whoever sits there: the delegate, or else the person herself."""
    return getattr(actor, "delegate", None) or actor


def refuse_delegates(actor: Actor) -> None:
    """Some things are done by oneself only. Raises Forbidden."""
    if getattr(actor, "delegate", None) is not None:
        raise Forbidden("这件事只能由本人办理，请先结束代理")
