"""Identities 身份关联: which account at the provider belongs to which person here."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from zhike.kernel.errors import NotFound, Refused
from zhike.org.ways import note

log = logging.getLogger("zhike.sign_in")


class Identity(models.Model):
    """One account at the provider, by what never changes about it: issuer and subject."""

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    label = models.CharField(max_length=200)
    linked_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_identity"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="org_identity_once")]


def known(claims: dict[str, Any]) -> Identity | None:
    """The identity of these claims: linked before, or linked now because they name an account the way the settings say."""
    found = Identity.objects.filter(issuer=claims["iss"], subject=claims["sub"]).select_related("person").first()
    if found is None:
        person = _named(claims)
        found = link(person, claims, by=None) if person else None
    return found if found and not found.person.gone else None


def _named(claims: dict[str, Any]) -> Any | None:
    """The person whose 登录名 the chosen claim tells; an address counts only when the provider has verified it."""
    from zhike.org.objects.person import Person

    claim = settings.SINGLE_SIGN_ON["match"]
    said = claims.get(claim) if claim else None
    if not isinstance(said, str) or not said or "\x00" in said or (claim == "email" and claims.get("email_verified") is not True):
        return None
    found = Person.objects.filter(**{"email" if claim == "email" else "username": said})[:2]
    return found[0] if len(found) == 1 and not found[0].gone else None


def link(person: Any, claims: dict[str, Any], *, by: Any) -> Identity:
    """Let an account at the provider open this person's; nobody did it where it was found by its name.

    Raises Refused when it opens somebody else's.
    """
    label = str(claims.get("preferred_username") or claims.get("email") or claims.get("name") or claims["sub"])[:200]
    try:
        with transaction.atomic():
            made, fresh = Identity.objects.get_or_create(
                issuer=claims["iss"], subject=claims["sub"], person_id=person.pk, defaults={"label": label}
            )
            if fresh:
                note(person, "identity_linked" if by else "identity_found", label, by=by)
    except IntegrityError:
        raise Refused("这个统一身份已经关联了另一个账号") from None
    log.info("identity linked to person %s", person.pk)
    return made


def linked(person: Any) -> list[dict[str, Any]]:
    """What opens somebody's account beside her password."""
    return [
        {
            "id": one.pk,
            "label": one.label,
            "linked_at": one.linked_at.isoformat(),
            "used_at": one.used_at and one.used_at.isoformat(),
        }
        for one in Identity.objects.filter(person_id=person.pk).order_by("linked_at")
    ]


@transaction.atomic
def unlink(person: Any, pk: int, key: str | None) -> None:
    """Let it open the account no more; what it opened is ended, except the session with this key.

    Raises NotFound, Refused when nothing else would open the account.
    """
    from zhike.org.sessions import Session

    found = Identity.objects.filter(person_id=person.pk, pk=pk).first()
    if found is None:
        raise NotFound("没有这个关联")
    if not person.has_usable_password() and Identity.objects.filter(person_id=person.pk).count() == 1:
        raise Refused("没有密码，取消关联后就不能登录了")
    Session.objects.filter(identity=found).exclude(session_key=key or "").delete()
    note(person, "identity_unlinked", found.label, by=person)
    found.delete()
