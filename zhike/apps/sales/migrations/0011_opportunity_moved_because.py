from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0010_grant_neglects_to_existing_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="moved_because",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
