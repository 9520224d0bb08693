from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: this is the largest table of all.
    atomic = False
    dependencies = [("audit", "0002_transaction")]
    operations = [
        AddIndexQuietly("entry", models.Index(fields=["transaction"], name="audit_since")),
        AddIndexQuietly("entry", models.Index(fields=["at"], name="audit_revealed", condition=models.Q(verb="reveal"))),
    ]
