"""Who may come in from here 入口: what is asked of somebody beside who she is, with every request and without a query."""

from __future__ import annotations

from typing import Any

from zhike.kernel.errors import Forbidden, Problem
from zhike.org.networks import caller, inside, listed, on_this_machine
from zhike.org.second_step import PROVEN


class SecondStepRequired(Problem):
    """Nothing else before a second step is set up."""

    code = "second_step_required"


def refuse_elsewhere(person: Any, request: Any) -> None:
    """允许的网络: each of her roles that names networks must be content with where she is. Raises Forbidden."""
    named = person.networks
    if not named:
        return
    address = caller(request)
    if not on_this_machine(address) and not all(inside(address, listed(text)) for text in named):
        raise Forbidden(f"您的角色只能从指定的网络使用系统，现在的地址 {address} 不在其中")


def refuse_unauthorised(person: Any) -> None:
    """授权: an account to which nobody has given a role, today, opens nothing (E-19). Raises Forbidden."""
    if not person.role_ids:
        raise Forbidden("您的账号还没有授权，请联系管理员分配角色")


class PasswordChangeRequired(Problem):
    """Nothing else before a password that somebody else knows has been replaced."""

    code = "password_change_required"


def unproven(person: Any, session: Any) -> bool:
    """Whether a role of hers requires a second step that this session has not taken."""
    return bool(person.must_prove_twice and PROVEN not in session)


def refuse_unproven(person: Any, session: Any) -> None:
    """必须两步验证, and a password of her own. Raises SecondStepRequired, PasswordChangeRequired."""
    if person.must_change_password:
        raise PasswordChangeRequired("请先修改初始密码")
    if unproven(person, session):
        raise SecondStepRequired("您的角色要求两步验证，请先设置")


def refuse_lent(principal: Any, request: Any) -> None:
    """代理: roles ask of whoever uses them in another's name what they ask of herself. Raises Forbidden, SecondStepRequired."""
    refuse_elsewhere(principal, request)
    if unproven(principal, request.session):
        raise SecondStepRequired(f"{principal.name}的角色要求两步验证，请先为自己设置，再以其身份工作")
