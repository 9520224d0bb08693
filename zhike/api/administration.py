"""设置 over HTTP: what administrators change of the house itself and no single record holds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.api.records import version
from zhike.features.fields import choosing
from zhike.features.layouts import administering
from zhike.features.mail import state as mail
from zhike.features.modules import switching
from zhike.features.numbering import administering as numbering
from zhike.org import granting


def role_matrix(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a role grants, object by object and verb by verb, and who has it."""
    return respond(granting.matrix(pk, actor))


def change_matrix(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Change cells and field rules: {"grants": {"customers": {"view": "all", "delete": null}}}; null inherits again."""
    data = body(request)
    expected = version(request, data)
    granting.regrant(pk, data.get("grants"), data.get("fields"), actor=actor, version=expected)
    return respond(granting.matrix(pk, actor))


def modules(actor: Any, request: HttpRequest) -> HttpResponse:
    """Every module and whether it is on."""
    return respond({"rows": switching.shown_modules(actor)})


def switch_module(actor: Any, request: HttpRequest, name: str) -> HttpResponse:
    """Turn a module on or off for everybody: {"enabled": false, "reason": "…"}."""
    switching.switch(name, body(request), actor)
    return respond({"rows": switching.shown_modules(actor)})


def layouts(actor: Any, request: HttpRequest) -> HttpResponse:
    """Which role has pages of its own of which object."""
    return respond({"rows": administering.kept_layouts(actor)})


def layout(actor: Any, request: HttpRequest, role: int, name: str) -> HttpResponse:
    """How the pages of an object look to a role."""
    return respond(administering.shown_layout(role, name, actor))


def change_layout(actor: Any, request: HttpRequest, role: int, name: str) -> HttpResponse:
    """Arrange them: {"sections": […], "hidden": […], "required": {field: condition}}."""
    data = body(request)
    expected = version(request, data)
    administering.change_layout(role, name, data, version=expected, actor=actor)
    return respond(administering.shown_layout(role, name, actor))


def drop_layout(actor: Any, request: HttpRequest, role: int, name: str) -> HttpResponse:
    """Back to how they are declared."""
    administering.drop_layout(role, name, actor)
    return HttpResponse(status=204)


def patterns(actor: Any, request: HttpRequest) -> HttpResponse:
    """Every numbered field with its pattern and the next number."""
    return respond({"rows": numbering.shown_patterns(actor)})


def change_pattern(actor: Any, request: HttpRequest, field: str) -> HttpResponse:
    """Number new records so from now on: {"pattern": "KH{yyyy}-{seq:6}"}; null for the declared pattern."""
    numbering.change_pattern(field, body(request), actor)
    return respond({"rows": numbering.shown_patterns(actor)})


def mail_state(actor: Any, request: HttpRequest) -> HttpResponse:
    """How mail is set up, and whether it arrives."""
    return respond(mail.state(actor))


def try_mail(actor: Any, request: HttpRequest) -> HttpResponse:
    """Send a message to one's own address."""
    return respond(mail.start_trial(actor).as_json(), 202)


def option_sets(actor: Any, request: HttpRequest) -> HttpResponse:
    """Every set of options an administrator may change, as it is now."""
    return respond({"rows": choosing.shown_sets(actor)})


def option_uses(actor: Any, request: HttpRequest, key: str, value: str) -> HttpResponse:
    """How many records have chosen an option."""
    return respond({"rows": choosing.uses(key, value, actor)})


def order_options(actor: Any, request: HttpRequest, key: str) -> HttpResponse:
    """The order of a set: {"values": ["b", "a"]}."""
    choosing.put_in_order(key, body(request).get("values"), actor)
    return HttpResponse(status=204)


def retire_option(actor: Any, request: HttpRequest, key: str) -> HttpResponse:
    """Close an option: {"value", "to": null to keep it where it stands}; changing the records is a job."""
    data = body(request)
    made = choosing.retire(key, data.get("value"), data.get("to"), actor)
    return respond(made.as_json(), 202) if made else HttpResponse(status=204)


def put_back_options(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the job of a retired option."""
    return respond(choosing.put_back(pk, actor).as_json(), 202)
