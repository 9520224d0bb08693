from django.db import migrations, models
from django.db.models import Value


class Migration(migrations.Migration):
    dependencies = [("org", "0002_extra_fields")]

    operations = [
        migrations.AddField(
            "role", "field_rules", models.JSONField(db_default=Value({}, models.JSONField()), default=dict, editable=False)
        )
    ]
