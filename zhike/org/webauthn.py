"""WebAuthn as the library checks it: what a browser is sent, and whether what it sends back holds.

Loaded when somebody first uses a passkey: most processes never need the megabytes of cryptography it brings.
"""

from __future__ import annotations

import struct
from typing import Any
from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

US = "Zhike"
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, NotImplementedError, struct.error)
"""How the library says that an answer is not what it should be."""
Options = tuple[dict[str, Any], dict[str, Any]]


class NotAccepted(Exception):
    """What the browser sent does not hold."""


def to_make(origin: str, person: Any, kept: list[bytes]) -> Options:
    """What the browser needs to make a key, and what must be kept until it has; no device makes a second key."""
    handle = salted_hmac("zhike.org.passkeys", str(person.pk), algorithm="sha256").digest()
    options, state = _server(origin).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=person.username, display_name=person.name),
        [AttestedCredentialData(one) for one in kept],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options.public_key), state


def made(origin: str, state: Any, answer: Any) -> dict[str, Any]:
    """The key that was made, ready to be kept. Raises NotAccepted."""
    try:
        data = _server(origin).register_complete(state, answer)
        credential = data.credential_data or AttestedCredentialData(b"")
    except BROKEN as error:
        raise NotAccepted(str(error)) from error
    return {"credential_id": websafe_encode(credential.credential_id), "credential": bytes(credential), "counter": data.counter}


def to_show(origin: str, kept: list[bytes] | None) -> Options:
    """What the browser needs to show one of these keys, or whichever it has."""
    known = None if kept is None else [AttestedCredentialData(one) for one in kept]
    options, state = _server(origin).authenticate_begin(known, user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options.public_key), state


def named(answer: Any) -> str:
    """Which key the browser shows. Raises NotAccepted."""
    try:
        return str(websafe_encode(AuthenticationResponse.from_dict(answer).raw_id))
    except BROKEN as error:
        raise NotAccepted(str(error)) from error


def shown(origin: str, state: Any, kept: bytes, answer: Any) -> int:
    """How often the key says it was used, if it has signed our challenge. Raises NotAccepted."""
    try:
        response = AuthenticationResponse.from_dict(answer)
        _server(origin).authenticate_complete(state, [AttestedCredentialData(kept)], response)
        return int(response.response.authenticator_data.counter)
    except BROKEN as error:
        raise NotAccepted(str(error)) from error


def _server(origin: str) -> Fido2Server:
    """We, at the address people use."""
    party = PublicKeyCredentialRpEntity(id=urlsplit(origin).hostname or "", name=US)
    return Fido2Server(party, verify_origin=lambda said: said == origin)
