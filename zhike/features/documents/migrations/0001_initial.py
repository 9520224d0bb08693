import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_extra_fields"),
        ("org", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentTemplate",
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
                ("name", models.CharField(max_length=200)),
                ("collection", models.CharField(max_length=60)),
                (
                    "file",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("description", models.CharField(blank=True, max_length=200)),
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
                    models.Index(fields=["updated_at", "id", "department", "owner"], name="documenttemplate_recent"),
                    models.Index(fields=["owner", "updated_at"], name="documenttemplate_owner"),
                    models.Index(fields=["department", "updated_at"], name="documenttemplate_dept"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="documenttemplate_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="documenttemplate_match"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issued",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True)),
                ("collection", models.CharField(max_length=60)),
                ("record", models.BigIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=300)),
                ("issued_at", models.DateTimeField(auto_now_add=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "documents_issued",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("collection", "record", "version"), name="document_issued_once")],
            },
        ),
    ]
