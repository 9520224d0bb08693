from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customers", "0010_credit_limit"),
        ("org", "0007_department_state"),
        ("org", "__first__"),
        ("sales", "0004_quote"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpenseClaim",
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
                ("number", models.CharField(blank=True, editable=False, max_length=60, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("amount", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("state", models.CharField(default="draft", editable=False, max_length=40)),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("paid_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "vouchers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="expenseclaim_recent"),
                    models.Index(fields=["owner", "updated_at"], name="expenseclaim_owner"),
                    models.Index(fields=["department", "updated_at"], name="expenseclaim_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="expenseclaim_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="expenseclaim_match"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpenseItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("spent_on", models.DateField(default=django.utils.timezone.localdate)),
                ("category", models.CharField(default="travel", max_length=40)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("progress", models.CharField(blank=True, max_length=500)),
                ("value", models.CharField(blank=True, max_length=500)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="expenses.expenseclaim"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "interaction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.interaction",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sales.opportunity",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
    ]
