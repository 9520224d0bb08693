"""Found by the queue at start-up: 报价过期, on the morning after the last day."""

from django.apps import apps
from django.utils import timezone

from zhike.features.jobs.periodic import periodic
from zhike.kernel.writes import act_many
from zhike.org.objects.person import System


@periodic("23 0 * * *")
def expire_quotes() -> None:
    """What was on offer until yesterday is so no more."""
    over = apps.get_model("sales.Quote")._base_manager.filter(
        state__in=("approved", "sent"), valid_until__lt=timezone.localdate()
    )
    act_many(over, "expire", actor=System("clock"))
