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
        ("catalog", "0003_price_book"),
        ("contracts", "0004_review_by_approvals"),
        ("customers", "0010_credit_limit"),
        ("org", "0007_department_state"),
        ("org", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="returned",
            field=models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18),
        ),
        migrations.AddField(
            model_name="order",
            name="returned",
            field=models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18),
        ),
        migrations.AddField(
            model_name="orderitem",
            name="share",
            field=models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18),
        ),
        migrations.CreateModel(
            name="DunningStep",
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
                ("name", models.CharField(max_length=60)),
                ("after_days", models.BigIntegerField()),
                ("channel", models.CharField(default="phone", max_length=40)),
                ("active", models.BooleanField(default=True)),
                ("guidance", models.CharField(blank=True, max_length=200)),
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="dunningstep_recent"),
                    models.Index(fields=["owner", "updated_at"], name="dunningstep_owner"),
                    models.Index(fields=["department", "updated_at"], name="dunningstep_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="dunningstep_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="dunningstep_match"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dunning",
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
                ("channel", models.CharField(default="phone", max_length=40)),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("content", models.CharField(max_length=500)),
                ("promised_on", models.DateField(blank=True, null=True)),
                ("promised", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("remainder", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("outcome", models.CharField(blank=True, editable=False, max_length=40)),
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
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
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
                    "receivable",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.receivable"),
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
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.dunningstep",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="dunning_recent"),
                    models.Index(fields=["owner", "updated_at"], name="dunning_owner"),
                    models.Index(fields=["department", "updated_at"], name="dunning_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="dunning_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="dunning_match"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="receivable",
            name="step",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="contracts.dunningstep",
            ),
        ),
        migrations.CreateModel(
            name="OrderReturn",
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
                ("name", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("returned_on", models.DateField(default=django.utils.timezone.localdate)),
                ("amount", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("state", models.CharField(default="draft", editable=False, max_length=40)),
                ("lowered", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("refunded", models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18)),
                ("settled_on", models.DateField(blank=True, editable=False, null=True)),
                ("opinion", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
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
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.order")),
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="orderreturn_recent"),
                    models.Index(fields=["owner", "updated_at"], name="orderreturn_owner"),
                    models.Index(fields=["department", "updated_at"], name="orderreturn_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="orderreturn_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="orderreturn_match"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=18)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                (
                    "order_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="contracts.orderreturn"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
    ]
