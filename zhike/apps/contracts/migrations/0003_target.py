from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhike.apps.contracts.objects.target


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_grant_to_existing_roles"),
        ("org", "0002_extra_fields"),
        ("org", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
                ("incomplete", models.BooleanField(default=False, editable=False)),
                ("extra", models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "match_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), editable=False, null=True, size=None
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("measure", models.CharField(default="signed", max_length=40)),
                ("year", models.BigIntegerField(default=zhike.apps.contracts.objects.target.this_year)),
                ("period", models.CharField(default="year", max_length=40)),
                ("base", models.DecimalField(decimal_places=2, max_digits=18)),
                ("stretch", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("challenge", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("starts_on", models.DateField(blank=True, editable=False, null=True)),
                ("ends_on", models.DateField(blank=True, editable=False, null=True)),
                ("actual", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("achieved", models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=18, null=True)),
                ("expected", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("gap", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("counted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.department",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.department"
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="target_recent"),
                    models.Index(fields=["owner", "updated_at"], name="target_owner"),
                    models.Index(fields=["department", "updated_at"], name="target_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="target_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="target_match"
                    ),
                ],
            },
        ),
    ]
