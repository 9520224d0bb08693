from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("org", "0012_passkeys")]

    operations = [AddIndexQuietly("token", models.Index(fields=["earlier_digest"], name="org_token_earlier"))]
