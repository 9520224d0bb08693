import django.contrib.postgres.indexes
from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leakage", "0002_alarms_are_records")]

    operations = [
        AddIndexQuietly("alarm", models.Index(fields=["updated_at", "id", "department", "owner"], name="alarm_recent")),
        AddIndexQuietly("alarm", models.Index(fields=["owner", "updated_at"], name="alarm_owner")),
        AddIndexQuietly("alarm", models.Index(fields=["department", "updated_at"], name="alarm_dept")),
        AddIndexQuietly("alarm", django.contrib.postgres.indexes.GinIndex(fields=["search"], name="alarm_search")),
        AddIndexQuietly(
            "alarm",
            django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("match_keys__isnull", False)), fields=["match_keys"], name="alarm_match"
            ),
        ),
    ]
