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
        ("customers", "0004_extra_fields"),
        ("org", "0002_extra_fields"),
        ("org", "__first__"),
        ("sales", "0003_price_authority"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quote",
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
                ("revision", models.BigIntegerField(default=1, editable=False)),
                ("quoted_on", models.DateField(default=django.utils.timezone.localdate)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("list_amount", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("items_amount", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("discount", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("tax", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("price_ratio", models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=7, null=True)),
                ("worst_ratio", models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=7, null=True)),
                ("needed", models.CharField(blank=True, editable=False, max_length=200)),
                ("state", models.CharField(default="draft", editable=False, max_length=40)),
                ("exception", models.CharField(blank=True, editable=False, max_length=40)),
                ("exception_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("opinion", models.CharField(blank=True, editable=False, max_length=500)),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answer", models.CharField(blank=True, editable=False, max_length=500)),
                ("terms", models.TextField(blank=True)),
                (
                    "attachments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.contact",
                    ),
                ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "decided_by",
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
                    "exception_by",
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
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sales.opportunity",
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
                    "price_book",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.pricebook",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sales.quote",
                    ),
                ),
                (
                    "submitted_by",
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="quote_recent"),
                    models.Index(fields=["owner", "updated_at"], name="quote_owner"),
                    models.Index(fields=["department", "updated_at"], name="quote_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="quote_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="quote_match"
                    ),
                    models.Index(fields=["state", "valid_until"], name="quote_to_expire"),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=18)),
                ("list_price", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("price_ratio", models.DecimalField(blank=True, decimal_places=4, default=Decimal("1"), max_digits=7, null=True)),
                ("price", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("tax_rate", models.DecimalField(decimal_places=2, default=Decimal("13"), max_digits=18)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("share", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                ("tax", models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True)),
                (
                    "product",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"),
                ),
                ("quote", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="sales.quote")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(fields=("root", "revision"), name="quote_revision_once"),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "accepted")), fields=("root",), name="quote_accepted_once"
            ),
        ),
    ]
