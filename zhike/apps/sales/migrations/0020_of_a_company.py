from django.db import migrations, models

from zhike.kernel.indexing import AddIndexQuietly


class Migration(migrations.Migration):
    # Beside the work of others: whoever opens the desk of a whole company reads these instead of every deal there is.
    atomic = False
    dependencies = [("sales", "0019_completeness_and_advance")]
    operations = [
        AddIndexQuietly(
            "opportunity",
            models.Index(fields=["expected_on", "id"], include=("stage", "weighted_amount"), name="opportunity_expected"),
        ),
        AddIndexQuietly(
            "opportunity",
            models.Index(
                condition=models.Q(("closed_on__isnull", False)),
                fields=["closed_on"],
                include=("stage", "won_amount", "department", "owner"),
                name="opportunity_closed",
            ),
        ),
    ]
