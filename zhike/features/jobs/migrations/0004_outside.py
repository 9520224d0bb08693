from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_occasions")]

    operations = [
        migrations.AddField("job", "outside", models.BooleanField(db_default=False, default=False)),
    ]
