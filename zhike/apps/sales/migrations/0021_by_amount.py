from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: the largest deals of a whole company.
    atomic = False
    dependencies = [("sales", "0020_of_a_company")]
    operations = [
        AddIndexQuietly("opportunity", models.Index(fields=["amount", "id"], name="opportunity_amount_up")),
        AddIndexQuietly(
            "opportunity",
            models.Index(
                models.OrderBy(models.F("amount"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="opportunity_amount_down",
            ),
        ),
    ]
