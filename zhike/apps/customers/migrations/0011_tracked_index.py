from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: of all tables with people's own data this is the one most of them look at.
    atomic = False
    dependencies = [("customers", "0010_credit_limit")]
    operations = [
        AddIndexQuietly(
            "customer", models.Index(condition=models.Q(("in_pool", False)), fields=["tracked_at"], name="customer_tracked")
        ),
    ]
