from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0007_grant_statements_to_existing_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="monthlyfigure",
            name="from_last",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="monthlyfigure",
            name="place_in_month",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="monthlyfigure",
            name="score",
            field=models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=18, null=True),
        ),
    ]
