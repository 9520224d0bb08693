"""Found by the queue at start-up: 报价过期 on the morning after the last day, 销售预测 every night."""

from django.apps import apps
from django.utils import timezone

from zhike.apps.sales.flows.close_deal import flag
from zhike.apps.sales.flows.find_neglect import find_neglect
from zhike.apps.sales.flows.foresee import foresee
from zhike.apps.sales.flows.keep_stages import begin_missing
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


@periodic("12 0 * * *")
def flag_deals() -> None:
    """What has stood too long in its stage, and what should have been signed by now."""
    flag(timezone.localdate(), actor=System("clock"))


@periodic("33 1 * * *")
def find_neglected_leads() -> None:
    """What was taken days ago and never followed up."""
    find_neglect(timezone.now(), actor=System("clock"))


@periodic("17 1 * * *")
def forecast() -> None:
    """This month and the next three, and how far off the last six were."""
    begin_missing(System("clock"))
    foresee(timezone.localdate(), actor=System("clock"))
