"""A passkey as a browser would have registered it, with a key that nobody holds."""

import hashlib
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

_PRESENT_VERIFIED_ATTESTED = 0x45


def registration() -> dict[str, Any]:
    """What is stored of a registration: the answer of the browser, in JSON."""
    credential_id = secrets.token_bytes(16)
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AttestedCredentialData.create(Aaguid(bytes(16)), credential_id, public_key)
    data = AuthenticatorData.create(
        hashlib.sha256(b"localhost").digest(), _PRESENT_VERIFIED_ATTESTED, 0, bytes(attested)
    )
    client = CollectedClientData.create("webauthn.create", secrets.token_bytes(16), "http://localhost")
    return {
        "id": websafe_encode(credential_id),
        "rawId": websafe_encode(credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(client)),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        },
        "clientExtensionResults": {},
    }
