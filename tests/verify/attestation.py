"""Verifies an attestation with the libraries of in-toto and securesystemslib, which know nothing of Headgate.

Usage: attestation.py ENVELOPE KEYS
ENVELOPE is what `headgate change attestation` wrote, KEYS what `GET /v1/keys` answers. Prints the statement.
"""

import base64
import json
import sys

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey


def key(jwk):
    def raw(name):
        return base64.urlsafe_b64decode(jwk[name] + "=" * (-len(jwk[name]) % 4))

    if jwk["kty"] == "EC":
        x, y = (int.from_bytes(raw(name), "big") for name in "xy")
        public = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    else:
        public = Ed25519PublicKey.from_public_bytes(raw("x"))
    return SSlibKey.from_crypto(public, keyid=jwk["kid"])


def main(envelope, keys):
    with open(envelope, encoding="utf-8") as file:
        signed = Envelope.from_dict(json.load(file))
    with open(keys, encoding="utf-8") as file:
        known = [key(jwk) for jwk in json.load(file)["keys"]]
    signed.verify(known, threshold=1)
    assert signed.payload_type == "application/vnd.in-toto+json", signed.payload_type
    Statement.copy_from_pb(json_format.Parse(signed.payload, statement_pb2.Statement())).validate()
    print(signed.payload.decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
