"""到期: what counts is the day itself (see org/held_roles.py); here it is only written down and told."""

from django.utils import timezone

from zhike.features.access.objects.access_request import GIVEN, AccessRequest
from zhike.kernel.writes import act_many
from zhike.org.objects.person import System


def end_what_is_over() -> None:
    over = AccessRequest.objects.filter(state=GIVEN, until__lt=timezone.localdate())
    act_many(over, "end", {"reason": "到期"}, actor=System("clock"))
