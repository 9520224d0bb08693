from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: the tables grow with every page that is opened.
    atomic = False
    dependencies = [("insight", "0001_initial")]
    operations = [
        AddIndexQuietly("viewed", BrinIndex(fields=["at"], name="insight_viewed_at")),
        AddIndexQuietly("exported", BrinIndex(fields=["at"], name="insight_exported_at")),
    ]
