"""The keys of this machine: made at the first start, kept in files that only their owner reads."""

import os
import secrets
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path


def keep(folder: Path) -> dict[str, str]:
    """Settings that say where each key is. A key that the environment gives is not made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {f"{name}_FILE": str(_kept(folder / name.lower(), make)) for name, make in KEYS.items() if not _given(name)}


def _given(name: str) -> bool:
    return name in os.environ or f"{name}_FILE" in os.environ


def _kept(file: Path, make) -> Path:
    """The file with the key in it; written beside its place first, so that it is never half a key."""
    if not file.exists():
        making = file.with_suffix(".making")
        making.unlink(missing_ok=True)
        with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
            output.write(make())
        making.rename(file)
    return file


def _random_key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def _vapid_key() -> str:
    """A private key on P-256 as RFC 8292 writes it: its number, in 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric import ec  # slow to import, and needed only once

    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


KEYS = {
    "FIELD_KEYS": _random_key,
    "BLIND_KEY": _random_key,
    "SIGNING_KEY": _random_key,
    "VAPID_PRIVATE_KEY": _vapid_key,
    "METRICS_TOKEN": _random_key,
}
