"""An OpenID provider in a process of its own, on the port it is given: the tests sign in with it as with a company's."""

import sys
from time import time
from uuid import uuid4

import flask
from authlib.jose import jwt
from oidc_provider_mock import app
from oidc_provider_mock._storage import storage

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
provider = app()


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
