"""Reading and changing one's own preferences."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zhike.features.preferences.choices import CHECKS, LABELS, UNCHOSEN
from zhike.features.preferences.models import Preference
from zhike.kernel.errors import Invalid
from zhike.kernel.reach import Actor


def preferences(actor: Actor) -> dict[str, Any]:
    """Everything there is to choose, as this person has it."""
    chosen = Preference.objects.filter(person_id=actor.pk).values_list("chosen", flat=True).first()
    return UNCHOSEN | (chosen or {})


def language_of(person: int | None) -> str:
    """What is made for this person while she is away is made in her language."""
    chosen = Preference.objects.filter(person_id=person).values_list("chosen__language", flat=True).first()
    return chosen or str(UNCHOSEN["language"])


@transaction.atomic
def prefer(actor: Actor, wanted: dict[str, Any]) -> dict[str, Any]:
    """Change some preferences; null takes one back to what holds for everybody. Raises Invalid and changes nothing.

    The row is locked, so that two open windows changing different things both have their way.
    """
    checked = _checked(wanted)
    Preference.objects.get_or_create(person_id=actor.pk)
    row = Preference.objects.select_for_update().get(person_id=actor.pk)
    kept = row.chosen | checked
    row.chosen = {name: value for name, value in kept.items() if value is not None and name in CHECKS}
    row.save(update_fields=["chosen"])
    return UNCHOSEN | row.chosen


def _checked(wanted: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for name, value in wanted.items():
        try:
            found[name] = None if value is None and name in CHECKS else CHECKS[name](value)
        except KeyError:
            reasons[name] = "没有这个偏好"
        except ValueError as error:
            reasons[name] = str(error)
    if reasons:
        raise Invalid.of(reasons, LABELS)
    return found
