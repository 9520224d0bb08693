"""到期: what counts is the day itself (see org/held_roles.py); here it is only written down and told."""

from django.utils import timezone

from zhike.features.access.objects.access_request import GIVEN, AccessRequest
from zhike.kernel.writes import act
from zhike.org.objects.person import System


def end_what_is_over() -> None:
    for request in AccessRequest._base_manager.filter(state=GIVEN, until__lt=timezone.localdate()).order_by("pk"):
        act(request, "end", {"reason": "到期"}, actor=System("clock"))
