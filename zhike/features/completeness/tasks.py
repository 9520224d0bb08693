"""Found by the queue at start-up: rules whose day has come are in force, and what nobody has counted yet is."""

from django.db import transaction
from django.utils import timezone

from zhike.features.completeness.objects.completeness_rule import CompletenessRule
from zhike.features.completeness.recounting import recount, uncounted
from zhike.features.jobs.periodic import periodic
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import System


@periodic("4 0 * * *")
def begin_rules() -> None:
    clock = System("clock")
    with transaction.atomic():
        due = CompletenessRule._base_manager.filter(begun=False, starts_on__lte=timezone.localdate())
        begun = set(due.values_list("collection", flat=True))
        mirror(due, {"begun": True}, actor=clock)
        for collection in sorted(begun | set(uncounted())):
            recount(collection, clock)
