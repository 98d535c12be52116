"""What browsers are told with our answers: load nothing from elsewhere, and run nothing that stands in a page."""

import re
from base64 import b64encode
from hashlib import sha256

from shared.config import config

#: Of every answer.
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: Of data, which is no page whatever a browser thinks.
OF_DATA = COMMON | {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

#: Of the built pages.
OF_PAGES = COMMON | {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; media-src 'self' blob:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
}

#: Of pages that a service writes itself: they run nothing at all.
OF_WRITTEN = COMMON | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
}

#: Of those that keep themselves right, by a script of our own.
OF_SCREENS = OF_WRITTEN | {
    "Content-Security-Policy": OF_WRITTEN["Content-Security-Policy"] + "; script-src 'self'; connect-src 'self'",
}

#: Once a browser has come by https, it comes by nothing else for a year.
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


def by_https() -> bool:
    """Whether people reach us by https; a proxy before us may see to it."""
    return config().public_url.startswith("https:")


def of_pages() -> dict[str, str]:
    return OF_PAGES | (HTTPS_ONLY if by_https() else {})


def of_written() -> dict[str, str]:
    return OF_WRITTEN | (HTTPS_ONLY if by_https() else {})


def of_screens() -> dict[str, str]:
    return OF_SCREENS | (HTTPS_ONLY if by_https() else {})


def policy_of_docs(page: bytes) -> str:
    """Swagger UI's page: of scripts that stand in it only its own, known by its hash. Its styles are inline."""
    scripts = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
