"""Makes the accounts that tests/queue/security.rs uses, anew: an operator, two accounts
with JetStream, a user in each, and certificates for 127.0.0.1. None of it opens anything
but the servers that the tests start.

    python3 make.py        (needs the package `cryptography`, and openssl)
"""

import base64
import hashlib
import json
import subprocess

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PREFIX = {"operator": 14 << 3, "account": 0, "user": 20 << 3}
SEED = 18 << 3


def crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
            crc &= 0xFFFF
    return crc.to_bytes(2, "little")


def text(data):
    return base64.b32encode(data + crc16(data)).decode().rstrip("=")


class Key:
    def __init__(self, kind):
        self.private = Ed25519PrivateKey.generate()
        raw = serialization.Encoding.Raw
        public = self.private.public_key().public_bytes(raw, serialization.PublicFormat.Raw)
        secret = self.private.private_bytes(
            raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
        prefix = PREFIX[kind]
        self.public = text(bytes([prefix]) + public)
        self.seed = text(bytes([SEED | prefix >> 5, (prefix & 31) << 3]) + secret)


def plain(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def token(issuer, subject, name, nats):
    claims = {"iat": 1767225600, "iss": issuer.public, "name": name, "sub": subject.public,
              "nats": nats | {"version": 2}}
    digest = hashlib.new("sha512_256", json.dumps(claims).encode()).digest()
    claims["jti"] = base64.b32encode(digest).decode().rstrip("=")
    head = plain(json.dumps({"typ": "JWT", "alg": "ed25519-nkey"}).encode())
    body = f"{head}.{plain(json.dumps(claims).encode())}"
    return f"{body}.{plain(issuer.private.sign(body.encode()))}"


ALL = ["subs", "data", "payload", "imports", "exports", "conn", "leaf", "mem_storage",
       "disk_storage", "streams", "consumer"]
STORAGE = {"mem_storage", "disk_storage", "streams", "consumer"}


def main():
    operator = Key("operator")
    lines = [f"operator: {token(operator, operator, 'tests', {'type': 'operator'})}",
             "resolver: MEMORY", "resolver_preload: {"]
    for name in ("system", "desk", "other"):
        account, user = Key("account"), Key("user")
        limits = {limit: -1 for limit in ALL} | {"wildcards": True}
        if name == "system":
            lines.insert(1, f"system_account: {account.public}")
            limits = {k: v for k, v in limits.items() if k not in STORAGE}
        made = token(operator, account, name, {"type": "account", "limits": limits})
        lines.append(f"  {account.public}: {made}")
        if name == "system":
            continue
        made = token(account, user, name, {"type": "user", "subs": -1, "data": -1, "payload": -1})
        with open(f"{name}.creds", "w", encoding="ascii") as file:
            file.write(f"-----BEGIN NATS USER JWT-----\n{made}\n------END NATS USER JWT------\n\n"
                       f"-----BEGIN USER NKEY SEED-----\n{user.seed}\n------END USER NKEY SEED------\n")
    lines.append("}")
    with open("accounts.conf", "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    run = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True)
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "36500"]
    run("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=tests")
    run("req", "-x509", *new, "-keyout", "server.key", "-out", "server.pem", "-subj", "/CN=server",
        "-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=IP:127.0.0.1",
        "-addext", "basicConstraints=critical,CA:FALSE")
    subprocess.run(["rm", "ca.key"], check=True)


main()
