"""接口说明: every operation of the OpenAPI document, called with invented requests, answers as documented."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from zhike.api.openapi import whole
from zhike.api.services import SERVICES, services
from zhike.features.packs.pack import data
from zhike.features.packs.setup import load_pack
from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.org.objects.person import Person
from zhike.org.objects.role import Role
from zhike.org.tokens import issue
from zhike.project.wsgi import application
from zhike.testing.kit import make, make_user

pytestmark = pytest.mark.django_db
EXAMPLES, OPERATIONS_EACH = 1, int(os.environ.get("FUZZ_OPERATIONS", "20"))
"""Of every role twenty in `make test`, all there are in `make fuzz`."""
# Not asked: whether valid data is accepted, for a reference to an invented id is refused, and whether all wrong data is refused,
# for the business knows more than the document.
EVERY_CHECK = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
ROLES = [role["code"] for role in data("company", "roles")]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server closes its connections after a request; here they hold the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def program(db: Any, one_connection: None, founded: dict[str, str]) -> dict[str, str]:
    return founded


@pytest.fixture(scope="module")
def founded(founding: bool) -> dict[str, str]:
    """The header of a program that may do everything, beside the ready-made roles and one record of every object."""
    assert founding
    person = make_user("program", Reach.ALL)
    for model in objects().values():
        make(model, actor=person)
    load_pack("company")
    return {"Authorization": f"Bearer {issue(person, '测试')}"}


@pytest.mark.covers("G-34")
@pytest.mark.parametrize("module", dict.fromkeys(model._meta.app_label for model in objects().values()))
def test_invented_requests_are_answered_as_documented(module: str, program: dict[str, str]) -> None:
    collections = {collection for collection, model in objects().items() if model._meta.app_label == module}
    invent(lambda path: path.split("/")[1] in collections, program)


def test_invented_requests_to_everything_else_are_answered_as_documented(program: dict[str, str]) -> None:
    """Signing in and out is left to its own tests: whoever invents requests would sign herself out."""
    invent(lambda path: path.split("/")[1] not in (*objects(), "session"), program)


@pytest.mark.parametrize("code", ROLES)
def test_no_ready_made_role_finds_a_request_that_is_not_answered_as_documented(code: str, program: dict[str, str]) -> None:
    """Each of them tries operations of her own choice, with data as documented and with data that is not."""
    person = make_user(code, {})
    person.roles.set(Role._base_manager.filter(code=code))
    header = {"Authorization": f"Bearer {issue(Person.objects.acting().get(pk=person.pk), '测试')}"}
    dice = random.Random(code)
    paths = [path for path in whole()["paths"] if path.split("/")[1] != "session"]
    chosen = set(dice.sample(paths, min(OPERATIONS_EACH, len(paths))))
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    invent(chosen.__contains__, header, examples=1, checks=EVERY_CHECK, modes=modes)


def invent(
    wanted: Callable[[str], bool],
    program: dict[str, str],
    *,
    examples: int = EXAMPLES,
    checks: Any = (not_a_server_error, response_schema_conformance),
    modes: Any = (GenerationMode.POSITIVE,),
) -> None:
    """Call every wanted operation a few times."""
    document = {**whole(), "servers": [{"url": "/api/v1"}]}
    schema = schemathesis.openapi.from_dict({**document, "paths": {p: o for p, o in document["paths"].items() if wanted(p)}})
    schema.app = application
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in modes:
            _call(operation, mode, program, examples, list(checks))


def _call(operation: Any, mode: Any, program: dict[str, str], examples: int, checks: list[Any]) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        response = case.call(headers=program)
        case.validate_response(response, checks=checks)

    check()


def test_the_document_tells_of_every_address_and_of_no_other() -> None:
    told = {(address, method) for address, operations in whole()["paths"].items() for method in operations}
    known = {(s.method, s.address) for s in services()}
    assert {(s.method, s.address) for s in SERVICES} <= known
    for method, address in known:
        for collection in objects() if "{collection}" in address else [""]:
            assert (address.replace("{collection}", collection), method) in told


def test_the_document_names_every_object_and_action_once() -> None:
    paths = whole()["paths"]
    ids = [o["operationId"] for p in paths.values() for o in p.values()]
    assert len(ids) == len(set(ids))
    for collection, model in objects().items():
        assert f"/{collection}" in paths
        for action in model.actions():
            assert "post" in paths[f"/{collection}/{{id}}/{action}"]
