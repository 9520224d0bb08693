from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_grant_to_existing_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="inside",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
