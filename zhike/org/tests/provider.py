"""An OpenID provider in a process of its own, on the port it is given: the tests sign in with it as with a company's."""

import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import flask
from authlib.jose import jwt
from oidc_provider_mock import app
from oidc_provider_mock._storage import storage

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
provider = app()
challenges: dict[str, str] = {}


@provider.after_request
def note_challenge(answer: Any) -> Any:
    """What it lacks: the challenge with which each code was asked for (PKCE, RFC 7636)."""
    for code in parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("code", []):
        challenges[code] = flask.request.args.get("code_challenge", "")
    return answer


@provider.before_request
def refuse_stolen_code() -> Any:
    """A code is for whoever can tell what its challenge was made of."""
    if not flask.request.path.endswith("/token"):
        return None
    proof = sha256(flask.request.form.get("code_verifier", "").encode()).digest()
    asked = challenges.get(flask.request.form.get("code", ""))
    return None if asked == urlsafe_b64encode(proof).decode().rstrip("=") else ({"error": "invalid_grant"}, 400)


@provider.post("/sign")
def sign() -> str:
    """What it lacks: the token of a back-channel logout, signed with its key. Claims are added; those that are null left out."""
    asked = flask.request.get_json(force=True)
    now = int(time())
    usual = {"iss": flask.request.host_url.rstrip("/"), "iat": now, "exp": now + 120, "jti": uuid4().hex, "events": {LOGOUT: {}}}
    claims = {name: value for name, value in {**usual, **asked}.items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": storage.jwk.thumbprint()}, claims, storage.jwk).decode()


if __name__ == "__main__":
    provider.run(port=int(sys.argv[1]), use_reloader=False)
