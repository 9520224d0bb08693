"""人员: a colleague, who signs in and owns records."""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from copy import copy
from functools import cached_property
from typing import Any

import orjson
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from zhike.kernel.added import current, look
from zhike.kernel.declare import Invalid, Record, Refused, Spec, action, f
from zhike.kernel.reach import Actor, Reach, Width
from zhike.kernel.record import READING, Records
from zhike.kernel.sight import Sight
from zhike.org import second_step
from zhike.org.field_rules import together
from zhike.org.held_roles import OF_ONE_LOADED, POSTS_OF_ONE_LOADED, posts_of, roles_of, today
from zhike.org.objects.appointment import unfit
from zhike.org.objects.role import granted
from zhike.org.revision import Organisation, Revision, organisation
from zhike.org.scopes import everyone
from zhike.org.sessions import end_all
from zhike.org.shares import held, of_one_loaded
from zhike.org.tokens import revoke_all

RecordManager: Any = BaseUserManager.from_queryset(Records)


class People(RecordManager):
    """Finds people; the sign-in loads one with her roles and the organisation's revision in one query."""

    def acting(self) -> Any:
        """People ready to act."""
        return self.annotate(
            held_roles=RawSQL(OF_ONE_LOADED, today(), output_field=ArrayField(models.BigIntegerField())),
            held_posts=RawSQL(POSTS_OF_ONE_LOADED, today(), output_field=ArrayField(ArrayField(models.BigIntegerField()))),
            revision=Subquery(Revision.objects.values("value")[:1]),
            held_shares=of_one_loaded(),
        ).defer("search", "match_keys", "extra")


class Person(Record, AbstractBaseUser):
    """A person of the company or of a partner. Without a 登录名 she owns records but cannot sign in."""

    username = f.Text("登录名", blank=True, unique=True, max_length=60, search=True)
    name = f.Text("姓名", search=True, synonyms=("sales_agent", "员工", "业务员"))
    department = f.Department("部门", blank=True, synonyms=("regional_office", "部门名称"))
    post = f.Ref("org.Post", "岗位", blank=True)
    manager = f.Person("直属上级", blank=True, synonyms=("manager", "上级"))
    phone = f.Phone("手机", blank=True)
    email = f.Email("邮箱", blank=True)
    roles = f.Refs("org.Role", "角色", blank=True)
    appointments = f.Lines("org.Appointment", "兼职", help="另一个部门里的岗位：角色的“本部门”从那个部门算起，与本人的角色相加")
    is_active = f.Boolean("启用", default=True)
    valid_until = f.Date(
        "有效期至", blank=True, help="外部或临时人员的最后一天，过后不能再登录；留空为长期", synonyms=("valid_until",)
    )
    must_change_password = models.BooleanField(default=False, editable=False)
    # When an administrator last shut ways in; with it that stands in the history.
    secured_at = models.DateTimeField(null=True, editable=False)
    last_login = None

    objects = People()
    through = "system"
    outside = by_rule = False
    # Set while a colleague acts for this person (see org/acting.py): who she is.
    delegate: Any = None
    # Set while a program does (see org/tokens.py).
    token: Any = None
    # Within what either of them may.
    mandate: Any = None
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    spec = Spec(
        label="人员",
        collection="people",
        menu="组织",
        place=91,
        subtitle=("department", "post"),
        columns=("name", "username", "department", "post", "manager", "is_active"),
        filters=("name", "department", "post", "is_active", "valid_until"),
        sections={
            "基本信息": ("name", "username", "department", "post", "manager", "is_active", "valid_until"),
            "联系方式": ("phone", "email"),
            "权限": ("roles", "appointments"),
        },
        order="name",
        scope=everyone,
        quick=("name", "department"),
    )

    def validate(self) -> None:
        if self.is_active and self.department and getattr(self.department, "state", "") == "closed":
            raise Invalid.of({"department": "这个部门已撤销"}, {"department": "部门"})
        if reason := unfit(self.incoming.get("appointments", ())):
            raise Invalid.of({"appointments": reason}, {"appointments": "兼职"})

    @action("重置密码", bulk=False, danger=True)
    def reset_password(self, actor: Actor) -> dict[str, str]:
        """Give a first password that must be changed at the next sign-in; shown once."""
        if not self.username:
            raise Invalid.of({"username": "先填写登录名，才能设置密码"}, {"username": "登录名"})
        first = secrets.token_urlsafe(9)
        self.set_password(first)
        self.must_change_password = True
        return {"password": first}

    @action("停用账号", bulk=False, danger=True)
    def leave(self, actor: Actor) -> None:
        """She cannot come in any more: no password, and so no session that was made with it."""
        if self.pk == actor.pk:
            raise Refused("不能停用自己的账号")
        self.is_active = False
        self.set_unusable_password()

    @action("结束所有会话", bulk=False, danger=True)
    def end_sessions(self, actor: Actor) -> None:
        """Sign her out wherever she is signed in; her tokens stay."""
        end_all(self)
        self.secured_at = timezone.now()

    @action("重置两步验证", bulk=False, danger=True)
    def reset_two_step(self, actor: Actor) -> None:
        """She has lost her telephone: without it she comes in by password and, if she must, sets it up anew."""
        second_step.forget(self, by=actor)
        end_all(self)
        self.secured_at = timezone.now()

    @action("撤销所有令牌", bulk=False, danger=True)
    def revoke_tokens(self, actor: Actor) -> None:
        """Programs that act in her name cannot any more."""
        revoke_all(self, by=actor)
        self.secured_at = timezone.now()

    @property
    def gone(self) -> bool:
        """Whether she may not come in today."""
        return not self.is_active or bool(self.valid_until and self.valid_until < timezone.localdate())

    # -- answers to “may she, and how far?” -------------------------------------------------------------------

    @cached_property
    def organisation(self) -> Organisation:
        """Roles and tree as of the revision this person was loaded with."""
        if not hasattr(self, "revision"):
            self.revision = Revision.objects.values_list("value", flat=True).get()
        return organisation(self.revision)

    @cached_property
    def own_roles(self) -> list[int]:
        """What she holds in her own department."""
        held = getattr(self, "held_roles", None)
        return held if held is not None else roles_of(self.pk)

    @cached_property
    def posts(self) -> list[list[int]]:
        """Role, department and post (0 for none) of each of her further posts (兼职)."""
        held = getattr(self, "held_posts", None)
        return held if held is not None else posts_of(self.pk)

    @cached_property
    def role_ids(self) -> list[int]:
        """Every role she holds, wherever."""
        return [*dict.fromkeys([*self.own_roles, *(role for role, _, _ in self.posts)])]

    @property
    def workplaces(self) -> set[int]:
        """Every department she works in: her own and those of further posts."""
        return {self.department_id, *(place for _, place, _ in self.posts)} - {None}

    @property
    def post_ids(self) -> set[int]:
        """Every post (岗位) she is in."""
        return {self.post_id, *(post for _, _, post in self.posts)} - {None, 0}

    def reach(self, verb: str, model: Any) -> Reach:
        """What her roles give together (V-02: 一人可有多个角色)."""
        look()
        if self.gone or current().hides(model) or model.withholds(verb):
            return Reach.NONE
        if self.mandate and not self.mandate.covers(verb, model):
            return Reach.NONE
        own = sum((self._given(role, verb, model) for role in self.own_roles), Reach.NONE)
        return sum((self._given(role, verb, model).seen_from(place) for role, place, _ in self.posts), own)

    def _given(self, role: int, verb: str, model: Any) -> Reach:
        return granted(self.organisation.grants.get(role, {}), verb, model.spec.collection)

    @property
    def networks(self) -> list[str]:
        """What her roles say about where she may be; all of it counts."""
        said = self.organisation.networks
        return [said[pk] for pk in self.role_ids if pk in said] if said else []

    @property
    def must_prove_twice(self) -> bool:
        """Whether one of her roles requires a second step at sign-in."""
        required = self.organisation.two_step
        return bool(required) and not required.isdisjoint(self.role_ids)

    def rules(self, model: Any) -> dict[str, Sight]:
        """What her roles leave closed of the fields; those that let her see no record of the object say nothing."""
        look()
        said, collection = self.organisation.field_rules, model.spec.collection
        if not said:
            return {}
        kept, key = self.organisation.reckoned, (collection, *sorted(self.role_ids))
        if key not in kept:
            grants = {pk: self.organisation.grants.get(pk, {}) for pk in self.role_ids}
            seeing = [pk for pk, given in grants.items() if granted(given, "view", collection) is not Reach.NONE]
            kept[key] = together(model, [said.get(pk, {}).get(collection, {}) for pk in seeing])
        rules: dict[str, Sight] = kept[key]
        return rules

    @cached_property
    def shares(self) -> dict[str, list[int]]:
        """The records opened to her one by one, by collection."""
        found = self.held_shares if hasattr(self, "held_shares") else held(self)
        return (orjson.loads(found) if isinstance(found, str) else found) or {}  # a statement sent as it is tells JSON as text

    @cached_property
    def standpoint(self) -> Hashable | None:
        """All that decides what she sees except who she is, as of one revision; None when it was not loaded with her."""
        if not hasattr(self, "revision") or not hasattr(self, "held_roles"):
            return None
        within = (type(self.mandate).__name__, self.mandate.pk) if self.mandate else ()
        shared = tuple((what, tuple(ids)) for what, ids in sorted(self.shares.items()))
        roles = tuple(sorted(self.own_roles)), tuple(map(tuple, self.posts))
        return self.revision, roles, self.department_id, self.gone, self.outside, within, shared

    def seen_as(self, pk: int) -> Person:
        """Somebody of this number who stands where she stands."""
        found = copy(self)
        found.pk = pk
        return found

    def shared(self, model: Any, verb: str) -> list[int]:
        """Ids of records she may read or change because they were shared with her; nothing else follows from a share."""
        if not self.shares or verb not in (*READING, "change"):
            return []
        collection = model.spec.collection
        to_change = self.shares.get(f"{collection}:change", [])
        return to_change if verb == "change" else [*self.shares.get(collection, []), *to_change]

    def departments(self, reach: Reach) -> list[int]:
        """Her department, for a wider reach those below it, those chosen with all below them, and those named alone."""
        own = {self.department_id} - {None} if reach.width >= Width.DEPARTMENT else set()
        tops = reach.chosen | own if reach.width >= Width.SUBTREE else reach.chosen
        return sorted(own.union(reach.alone, *map(self.organisation.below, tops)))

    def has_usable_sign_in(self) -> bool:
        return bool(not self.gone and self.username and self.has_usable_password())


class System:
    """系统本身: seeds, automation and the command line act as nobody in particular, and are audited as that."""

    pk = None
    outside = False
    by_rule = True
    department_id: int | None = None
    workplaces: tuple[int, ...] = ()
    is_active = True

    def __init__(self, through: str) -> None:
        self.through = through

    def reach(self, verb: str, model: type[models.Model]) -> Reach:
        look()
        return Reach.ALL

    def shared(self, model: type[models.Model], verb: str) -> list[int]:
        return []

    def rules(self, model: type[models.Model]) -> dict[str, Sight]:
        return {}

    def departments(self, reach: Reach) -> list[int]:
        return []


class Messenger(System):
    """What carries words out of the house by itself – by webhook, robot or mail: it knows only what may leave (V-44)."""

    outside = True
