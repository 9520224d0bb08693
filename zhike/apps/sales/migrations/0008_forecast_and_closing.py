from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0007_department_state"),
        ("org", "__first__"),
        ("sales", "0007_opportunity_registered_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="closing",
            field=models.CharField(default="none", editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="commitment",
            field=models.CharField(default="open", max_length=40),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="past_due",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="stale",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.CreateModel(
            name="Forecast",
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
                ("name", models.CharField(blank=True, editable=False, max_length=200)),
                ("month", models.DateField()),
                ("kind", models.CharField(default="coming", editable=False, max_length=40)),
                ("signed", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("by_stage", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("by_commitment", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("by_history", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("stage_error", models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=18, null=True)),
                ("commitment_error", models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=18, null=True)),
                ("history_error", models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=18, null=True)),
                ("counted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("notes", models.CharField(blank=True, max_length=200)),
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
                    "team",
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="forecast_recent"),
                    models.Index(fields=["owner", "updated_at"], name="forecast_owner"),
                    models.Index(fields=["department", "updated_at"], name="forecast_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="forecast_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="forecast_match"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageStay",
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
                ("name", models.CharField(blank=True, editable=False, max_length=200)),
                ("stage", models.CharField(max_length=40)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("days", models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=18, null=True)),
                ("outcome", models.CharField(blank=True, editable=False, max_length=40)),
                ("ended", models.CharField(blank=True, editable=False, max_length=40)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("expected_on", models.DateField(blank=True, editable=False, null=True)),
                ("commitment", models.CharField(default="open", editable=False, max_length=40)),
                ("notes", models.CharField(blank=True, max_length=200)),
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
                    "opportunity",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sales.opportunity"),
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="stagestay_recent"),
                    models.Index(fields=["owner", "updated_at"], name="stagestay_owner"),
                    models.Index(fields=["department", "updated_at"], name="stagestay_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="stagestay_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="stagestay_match"
                    ),
                    models.Index(fields=["opportunity", "entered_at"], name="stagestay_of_deal"),
                    models.Index(fields=["entered_at", "left_at"], name="stagestay_at"),
                ],
            },
        ),
    ]
