from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0011_completeness_and_advance"),
    ]

    operations = [
        migrations.AddField(
            model_name="monthlyfigure",
            name="other_stages",
            field=models.DecimalField(decimal_places=2, default=Decimal("0.00"), editable=False, max_digits=18),
        ),
    ]
