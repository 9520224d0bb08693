from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: everybody's screen asks this table.
    atomic = False
    dependencies = [("notify", "0001_initial")]
    operations = [AddIndexQuietly("notification", BrinIndex(fields=["at"], name="notification_at"))]
