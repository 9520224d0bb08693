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
        ("contracts", "0005_dunning_and_returns"),
        ("org", "0007_department_state"),
        ("org", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivableStatement",
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
                ("on", models.DateField()),
                ("built_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("contracts", models.BigIntegerField(default=0, editable=False)),
                ("planned", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("invoiced", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("received", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("outstanding", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("overdue", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("d30", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("d60", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("d90", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("over", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                (
                    "detail",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("state", models.CharField(default="sent", editable=False, max_length=40)),
                ("received_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("notes", models.TextField(blank=True)),
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
                    "received_by",
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="receivablestatement_recent"),
                    models.Index(fields=["owner", "updated_at"], name="receivablestatement_owner"),
                    models.Index(fields=["department", "updated_at"], name="receivablestatement_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="receivablestatement_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="receivablestatement_match"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contracts", models.BigIntegerField(default=0)),
                ("outstanding", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=18)),
                ("overdue", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=18)),
                ("d30", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=18)),
                ("d60", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=18)),
                ("d90", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=18)),
                ("over", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=18)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="departments",
                        to="contracts.receivablestatement",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.department"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MonthlyFigure",
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
                ("new_customers", models.BigIntegerField(default=0, editable=False)),
                ("level_a", models.BigIntegerField(default=0, editable=False)),
                ("level_b", models.BigIntegerField(default=0, editable=False)),
                ("level_c", models.BigIntegerField(default=0, editable=False)),
                ("level_d", models.BigIntegerField(default=0, editable=False)),
                ("new_deals", models.BigIntegerField(default=0, editable=False)),
                ("contacts", models.BigIntegerField(default=0, editable=False)),
                ("open_deals", models.BigIntegerField(default=0, editable=False)),
                ("frequency", models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=18, null=True)),
                ("prospecting", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("engaging", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("proposal", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("negotiating", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("signed", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("collected", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="monthlyfigure_recent"),
                    models.Index(fields=["owner", "updated_at"], name="monthlyfigure_owner"),
                    models.Index(fields=["department", "updated_at"], name="monthlyfigure_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="monthlyfigure_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="monthlyfigure_match"
                    ),
                    models.Index(fields=["month", "owner"], name="monthly_figure_of"),
                ],
            },
        ),
    ]
