"""Short secrets that the database must hold but never in clear, such as the seeds of authenticator apps.

AES-256-GCM with a key derived from OPENSPONSOR_FIELD_KEY for each purpose, so that a value copied from one field into
another does not open. This keeps a stolen dump or backup useless without the key. It does not protect against
somebody who runs code in the application.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_VERSION = "s1."
_NONCE_BYTES = 12


class Unreadable(Exception):
    """The value was changed, was sealed for another purpose, or none of the keys fits."""


def seal(text: str, *, purpose: str) -> str:
    """Encrypt the text under the present key; two seals of the same text differ."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(_key(settings.FIELD_KEY, purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The text again, under the present key or a former one (OPENSPONSOR_FIELD_KEY_FALLBACKS). Raises Unreadable."""
    if not sealed.startswith(_VERSION):
        raise Unreadable
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
    except ValueError as error:
        raise Unreadable from error
    for secret in (settings.FIELD_KEY, *settings.FIELD_KEY_FALLBACKS):
        try:
            box = AESGCM(_key(secret, purpose))
            return box.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise Unreadable


def _key(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"opensponsor:" + purpose.encode()).derive(secret.encode())
