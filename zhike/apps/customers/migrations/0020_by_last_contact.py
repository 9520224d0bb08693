from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: who has been left alone longest, and who was spoken to last, of a whole company.
    atomic = False
    dependencies = [("customers", "0019_who_worked_beside")]
    operations = [
        AddIndexQuietly("customer", models.Index(fields=["last_contact_at", "id"], name="customer_contacted_up")),
        AddIndexQuietly(
            "customer",
            models.Index(
                models.OrderBy(models.F("last_contact_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="customer_contacted_down",
            ),
        ),
    ]
