"""How complete a customer must be is said by the rules of completeness, which every object has: what was said here goes there."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def say_it_there(apps: Any, schema_editor: Any) -> None:
    """Whoever keeps the rules of registration keeps those of completeness too."""
    rules, now = apps.get_model("completeness", "CompletenessRule"), timezone.now()
    for rule in apps.get_model("customers", "RegistrationRule").objects.filter(review=True, least_whole__gt=0).order_by("pk"):
        rules.objects.create(
            name="客户完整度", collection="customers", starts_on=rule.starts_on, begun=rule.starts_on <= timezone.localdate(),
            least=rule.least_whole, barred=["accept"], notes=rule.name, created_at=now, updated_at=now,
        )  # fmt: skip
    for role in apps.get_model("org", "Role").objects.all():
        given = role.grants.get("registration-rules", {})
        if "completeness-rules" not in role.grants and {"*", "change"} & set(given):
            role.grants = role.grants | {"completeness-rules": given}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0016_business_registry"),
        ("completeness", "0001_completeness_rules"),
        ("org", "0002_extra_fields"),
    ]

    operations = [
        migrations.RunPython(say_it_there, migrations.RunPython.noop),
        migrations.RemoveField(model_name="registrationrule", name="least_whole"),
        migrations.AddField(
            model_name="contact",
            name="completeness",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="interaction",
            name="completeness",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
    ]
