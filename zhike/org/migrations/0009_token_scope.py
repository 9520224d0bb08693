import django.contrib.postgres.fields
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Failures are counted anew, by address too: those of the last quarter of an hour are forgotten."""

    dependencies = [("org", "0008_sessions")]

    operations = [
        migrations.AddField("token", "reads_only", models.BooleanField(default=False)),
        migrations.AddField(
            "token",
            "collections",
            django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None),
        ),
        migrations.AddField("token", "expires_at", models.DateTimeField(null=True)),
        migrations.AddField("token", "used_at", models.DateTimeField(null=True)),
        migrations.AddField("token", "earlier_digest", models.CharField(max_length=64, null=True)),
        migrations.AddField("token", "earlier_until", models.DateTimeField(null=True)),
        migrations.DeleteModel("SignInFailures"),
        migrations.CreateModel(
            name="SignInFailures",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "org_sign_in_failure", "default_permissions": ()},
        ),
    ]
