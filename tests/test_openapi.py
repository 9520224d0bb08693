"""接口说明: every operation of the OpenAPI document, called with invented requests, answers as documented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from zhike.api.openapi import whole
from zhike.api.services import SERVICES, services
from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.org.tokens import issue
from zhike.project.wsgi import application
from zhike.testing.kit import make, make_user

pytestmark = pytest.mark.django_db
EXAMPLES = 6


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server closes its connections after a request; here they hold the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def program(db: Any, one_connection: None) -> dict[str, str]:
    """The header of a program that may do everything, beside one record of every object."""
    person = make_user("program", Reach.ALL)
    for model in objects().values():
        make(model, actor=person)
    return {"Authorization": f"Bearer {issue(person, '测试')}"}


@pytest.mark.covers("G-34")
@pytest.mark.parametrize("collection", objects())
def test_invented_requests_are_answered_as_documented(collection: str, program: dict[str, str]) -> None:
    invent(lambda path: path == f"/{collection}" or path.startswith(f"/{collection}/"), program)


def test_invented_requests_to_everything_else_are_answered_as_documented(program: dict[str, str]) -> None:
    """Signing in and out is left to its own tests: whoever invents requests would sign herself out."""
    invent(lambda path: path.split("/")[1] not in (*objects(), "session"), program)


def invent(wanted: Callable[[str], bool], program: dict[str, str]) -> None:
    """Call every wanted operation a few times."""
    document = {**whole(), "servers": [{"url": "/api/v1"}]}
    schema = schemathesis.openapi.from_dict({**document, "paths": {p: o for p, o in document["paths"].items() if wanted(p)}})
    schema.app = application
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            response = case.call(headers=program)
            case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])

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
