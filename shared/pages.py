"""The built pages, where no proxy serves them: any address that is no file is the application's own."""

from pathlib import Path

from whitenoise import WhiteNoise

from shared import headers

#: Addresses that people type and share, whose pages events writes itself: a chat runs no script to make its preview.
#: The proxy, the service worker and the server for developers know them too; a test holds them together.
WRITTEN = ("come", "tonight", "week")
#: The same, where the bare name under /public is for programs.
SCREENS = ("board", "kiosk")


def pages(folder: Path) -> WhiteNoise:
    """A WSGI application of the files in *folder*."""
    how = {"max_age": 0, "immutable_file_test": _is_hashed, "add_headers_function": _dress}
    site = Pages(_nothing_there, allow_all_origins=False, **how)
    if folder.is_dir():
        site.add_files(str(folder))
    return site


def written(app, service: str, form: str = ""):
    """Pages that a service writes itself, at addresses that people type: /tonight is its /public/tonight.

    *form*: .html where the bare name is for programs.
    """

    def page(environ, start_response):
        environ["PATH_INFO"] = f"/public{environ['SCRIPT_NAME']}{form}{environ['PATH_INFO']}"
        environ["SCRIPT_NAME"] = f"/api/{service}"
        return app(environ, start_response)

    return page


class Pages(WhiteNoise):
    """WhiteNoise, with index.html for each address of the application's own router."""

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path not in self.files and not path.startswith(("/api/", "/assets/")):
            environ["PATH_INFO"] = "/index.html"
        return super().__call__(environ, start_response)


def _is_hashed(path: str, url: str) -> bool:
    return url.startswith("/assets/")


def _dress(given, path: str, url: str) -> None:
    for name, value in headers.of_pages().items():
        given[name] = value
    if url == "/sw.js":
        given["Cache-Control"] = "no-cache"


def _nothing_there(environ, start_response):
    told = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **headers.OF_DATA}
    start_response("404 Not Found", list(told.items()))
    return ["没有这个页面 / There is no such page.\n".encode()]
