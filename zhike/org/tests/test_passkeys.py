"""通行密钥: made, shown, refused and lost – with an authenticator of our own that really signs."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from zhike.kernel.reach import Reach
from zhike.org.passkeys import Passkey
from zhike.org.second_step import RecoveryCode
from zhike.testing.kit import PASSWORD, Api, make_user

pytestmark = pytest.mark.django_db
FLAG = AuthenticatorData.FLAG


def _cose(key: ec.EllipticCurvePrivateKey) -> Any:
    """The public half as WebAuthn writes it (RFC 9053)."""
    numbers = key.public_key().public_numbers()
    return ES256({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})


@dataclass
class Telephone:
    """Keeps one key for one site, as the platform of a telephone does."""

    origin: str = "http://testserver"
    verifies: bool = True
    counter: int = 0
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer of navigator.credentials.create()."""
        public = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, _cose(self.key))
        data = AuthenticatorData.create(self._site(options["rp"]["id"]), self._flags() | FLAG.AT, self.counter, bytes(public))
        told = CollectedClientData.create(CollectedClientData.TYPE.CREATE, options["challenge"], self.origin)
        attested = AttestationObject.create("none", data, {})
        return self._told({"clientDataJSON": websafe_encode(told), "attestationObject": websafe_encode(attested)})

    def shown(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer of navigator.credentials.get()."""
        data = AuthenticatorData.create(self._site(options["rpId"]), self._flags(), self.counter)
        told = CollectedClientData.create(CollectedClientData.TYPE.GET, options["challenge"], self.origin)
        signature = self.key.sign(data + told.hash, ec.ECDSA(SHA256()))
        response = {"clientDataJSON": told, "authenticatorData": data, "signature": signature}
        return self._told({name: websafe_encode(value) for name, value in response.items()})

    def _told(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _flags(self) -> Any:
        return FLAG.UP | FLAG.UV if self.verifies else FLAG.UP

    def _site(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()


@pytest.fixture
def wang() -> Any:
    return make_user("wang", Reach.ALL)


def signed_in(username: str = "wang") -> Api:
    api = Api()
    assert api.post("session", {"username": username, "password": PASSWORD}).status_code == 200
    return api


def add(api: Api, telephone: Telephone) -> Any:
    options = api.post("session/passkeys/options").json()
    return api.post("session/passkeys", {"name": "我的手机", "credential": telephone.made(options)})


def come_in(api: Api, telephone: Telephone) -> Any:
    return api.post("session/passkey", {"credential": telephone.shown(api.post("session/passkey/options").json())})


def test_a_passkey_opens_the_account_by_itself_and_counts_as_both_steps(wang: Any) -> None:
    telephone, role = Telephone(), wang.roles.get()
    answer = add(signed_in(), telephone)
    assert (answer.status_code, len(answer.json()["recovery_codes"])) == (201, 10)
    type(role).objects.filter(pk=role.pk).update(two_step=True)
    api = Api()
    answer = come_in(api, telephone)
    assert (answer.status_code, answer.json()["username"], answer.json()["must_prove_twice"]) == (200, "wang", False)
    assert [row["name"] for row in api.get("session/two-step").json()["passkeys"]] == ["我的手机"]
    assert api.get("people").status_code == 200


def test_after_the_password_only_a_passkey_of_hers_is_the_second_step(wang: Any) -> None:
    mine, others = Telephone(), Telephone()
    add(signed_in(), mine)
    make_user("zhang", Reach.SELF)
    add(signed_in("zhang"), others)
    api = Api()
    answer = api.post("session", {"username": "wang", "password": PASSWORD})
    assert answer.json()["methods"] == ["passkey", "recovery"]
    options = api.post("session/passkey/options").json()
    assert [one["id"] for one in options["allowCredentials"]] == [websafe_encode(mine.id)]
    assert api.post("session/passkey", {"credential": others.shown(options)}).status_code == 401
    assert api.get("session").status_code == 401
    assert come_in(api, mine).json()["username"] == "wang"


def test_an_answer_to_another_challenge_from_another_site_or_another_key_opens_nothing(wang: Any) -> None:
    telephone, api = Telephone(), Api()
    add(signed_in(), telephone)
    old = telephone.shown(api.post("session/passkey/options").json())
    api.post("session/passkey/options")
    assert api.post("session/passkey", {"credential": old}).status_code == 401
    thief = Telephone(id=telephone.id)
    assert come_in(api, thief).status_code == 401
    telephone.origin = "http://testserver.evil.example"
    assert come_in(api, telephone).status_code == 401
    telephone.origin, telephone.verifies = "http://testserver", False
    assert come_in(api, telephone).status_code == 401
    telephone.verifies = True
    good = telephone.shown(api.post("session/passkey/options").json())
    *signature, last = websafe_decode(good["response"]["signature"])
    good["response"]["signature"] = websafe_encode(bytes([*signature, last ^ 1]))
    assert api.post("session/passkey", {"credential": good}).status_code == 401
    broken: list[Any] = [None, {}, [], "x", {"id": "a", "rawId": "b"}, {"id": "a", "rawId": "a", "response": {}}]
    for nonsense in [*broken, {**good, "response": 7}]:
        assert api.post("session/passkey", {"credential": nonsense}).status_code == 401
    assert api.get("session").status_code == 401
    assert come_in(api, telephone).status_code == 200


def test_a_copy_of_a_key_that_counts_is_found_out(wang: Any) -> None:
    telephone = Telephone(counter=5)
    add(signed_in(), telephone)
    telephone.counter = 6
    assert come_in(Api(), telephone).status_code == 200
    assert come_in(Api(), telephone).status_code == 401
    assert Passkey.objects.get().counter == 6


def test_a_key_that_was_not_asked_for_here_and_now_is_not_kept(wang: Any) -> None:
    api, telephone = signed_in(), Telephone()
    options = api.post("session/passkeys/options").json()
    for name, given in ((" ", telephone.made(options)), ("手机", {}), ("手机", None), ("手机", telephone.made(options))):
        assert api.post("session/passkeys", {"name": name, "credential": given}).status_code == 422
    foreign = Telephone(origin="http://other.example")
    assert add(api, foreign).status_code == 422
    assert add(api, Telephone(verifies=False)).status_code == 422
    assert not Passkey.objects.exists()
    assert add(api, telephone).status_code == 201
    assert add(api, telephone).status_code == 422
    assert Passkey.objects.count() == 1


def test_the_last_way_is_not_dropped_while_a_role_requires_one(wang: Any) -> None:
    api, role = signed_in(), wang.roles.get()
    add(api, Telephone())
    type(role).objects.filter(pk=role.pk).update(two_step=True)
    place = f"session/passkeys/{Passkey.objects.get().pk}"
    assert api.delete(place).status_code == 409
    assert (Passkey.objects.count(), RecoveryCode.objects.count()) == (1, 10)
    type(role).objects.filter(pk=role.pk).update(two_step=False)
    assert api.delete(place).status_code == 204
    assert not RecoveryCode.objects.exists()
    assert signed_in().get("session/two-step").json()["passkeys"] == []
