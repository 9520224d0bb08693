"""密封: a secret in a call that waits for agreement (通道的密钥) lies sealed in its request, and only until that is decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from zhike.features.approval.models import Request
from zhike.kernel.errors import Refused
from zhike.kernel.registry import every_object
from zhike.org.sealed import seal, unseal

SEALED = "sealed"
Data = dict[str, Any]


def secrets_of(collection: str, verb: str) -> frozenset[str]:
    """The answers to an action that nobody is to read."""
    model = every_object().get(collection)
    action = model.actions().get(verb) if model else None
    return action.secrets if action else frozenset()


def sealed(collection: str, verb: str, data: Mapping[str, Any]) -> Data:
    """A call as it is kept."""
    secrets = secrets_of(collection, verb)
    return {n: {SEALED: seal(orjson.dumps(v).decode())} if n in secrets else v for n, v in data.items()}


def opened(request: Request) -> Data:
    """The call as it came. Raises Refused when the key of the installation was changed meanwhile."""
    secrets = secrets_of(request.collection, request.verb)
    return {n: _opened(v) if n in secrets else v for n, v in request.data.items()}


def _opened(value: Any) -> Any:
    text = unseal(value[SEALED]) if isinstance(value, dict) and SEALED in value else None
    if text is None:
        raise Refused("密钥已经读不出来，请重新提交")
    return orjson.loads(text)


def without_secrets(request: Request) -> Data:
    """What stays of a call once it is decided."""
    secrets = secrets_of(request.collection, request.verb)
    return {n: v for n, v in request.data.items() if n not in secrets}
