"""A small OpenID Connect provider on this machine, which signs with a key of its own and says whatever a test
wants."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "opensponsor-client", "known to both"


@dataclass
class LocalProvider:
    """What it says of itself and of whoever signs in."""

    address: str = ""
    announced: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    token: str = ""
    # What the last request for a token held.
    asked: dict[str, list[str]] = field(default_factory=dict)
    is_broken: bool = False

    @property
    def issuer(self) -> str:
        return self.announced or self.address

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Those of a good token; None leaves one out."""
        now = int(time.time())
        usual = {
            "iss": self.issuer,
            "sub": "person-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "email": "mari.evans@gwynedd.example",
            "email_verified": True,
            "amr": ["pwd", "mfa"],
        }
        return {name: value for name, value in (usual | changes).items() if value is not None}

    def sign(self, claims: dict[str, Any], *, key: Any = None, alg: str = "RS256", kid: str = "k1") -> str:
        """A token of these claims."""
        return jwt.encode(claims, key if key is not None else self.key, algorithm=alg, headers={"kid": kid})

    def answer(self, path: str) -> dict[str, Any]:
        """The answer to a request for this path."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.announced or self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [public | {"kid": "k1", "use": "sig", "alg": "RS256"}]}
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": self.token}


@contextmanager
def running() -> Iterator[LocalProvider]:
    """The provider, listening on a port of this machine."""
    provider = LocalProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply()

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            provider.asked = parse_qs(self.rfile.read(length).decode())
            self.reply()

        def reply(self) -> None:
            body = json.dumps(provider.answer(self.path)).encode()
            self.send_response(500 if provider.is_broken else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
