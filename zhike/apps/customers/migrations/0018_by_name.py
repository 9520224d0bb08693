from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: the column most lists are sorted by.
    atomic = False
    dependencies = [("customers", "0017_completeness_by_its_own_rule")]
    operations = [AddIndexQuietly("customer", models.Index(fields=["name", "id"], name="customer_name"))]
