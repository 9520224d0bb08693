"""Nobody rises by herself 提权: whoever looks after people but not after permissions gives no role that rules over them.

Neither to a colleague nor by a file, and she does not come in as somebody who has one; of her own account she changes nothing by
which what she may do goes further.
"""

from __future__ import annotations

from typing import Any

from zhike.features.access.objects.access_package import rules_over_permissions
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Intent, guard
from zhike.kernel.reach import Reach
from zhike.org.held_roles import holding
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role

HELD = frozenset({"roles", "appointments"})
STANDING = HELD | {"department", "post", "valid_until"}
"""By what follows how far somebody reaches."""
TAKING_OVER = ("reset_password", "reset_two_step")
KNOWN_BY = frozenset({"username", "email"})
"""By what the company's identity provider finds an account: who writes it, says whose it is."""
CLOSED = HELD | KNOWN_BY


@guard
def nobody_rises(intent: Intent) -> None:
    """Raises Refused."""
    if intent.model is not Person or isinstance(intent.actor, System) or intent.actor.reach("grant", Role) is not Reach.NONE:
        return
    if STANDING & intent.changed.get(intent.actor.pk, frozenset()):
        raise Refused("不能改自己的角色、兼职、部门、岗位和有效期，请由能调整权限的管理员办理")
    touched = [p.pk for p in intent.records if intent.verb in TAKING_OVER or CLOSED & intent.changed.get(p.pk, frozenset())]
    if touched and Person._base_manager.filter(holding(_ruling()), pk__in=touched).exists():
        raise Refused("能改别人权限的角色和有它的账号，只能由能调整权限的管理员办理")


def _ruling() -> list[int]:
    roles: Any = Role._base_manager.defer("search")
    return [role.pk for role in roles if rules_over_permissions(role)]
