"""The built pages, where no proxy serves them: any address that is no file is the application's own."""

from pathlib import Path

from whitenoise import WhiteNoise

#: Pages load nothing from elsewhere and run nothing that stands in the page.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def pages(folder: Path) -> WhiteNoise:
    """A WSGI application of the files in *folder*."""
    site = Pages(_nothing_built, max_age=0, immutable_file_test=_is_hashed, add_headers_function=_dress)
    if folder.is_dir():
        site.add_files(str(folder))
    return site


class Pages(WhiteNoise):
    """WhiteNoise, with index.html for each address of the application's own router."""

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path not in self.files and not path.startswith(("/api/", "/assets/")):
            environ["PATH_INFO"] = "/index.html"
        return super().__call__(environ, start_response)


def _is_hashed(path: str, url: str) -> bool:
    return url.startswith("/assets/")


def _dress(headers, path: str, url: str) -> None:
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    if url == "/sw.js":
        headers["Cache-Control"] = "no-cache"


def _nothing_built(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return ["没有这个页面 / There is no such page.\n".encode()]
