import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_price_book"),
        ("contracts", "0012_funnel_of_other_stages"),
    ]

    operations = [
        migrations.AddField(
            model_name="target",
            name="product",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"
            ),
        ),
    ]
