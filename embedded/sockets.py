"""A short, private folder for sockets: the path of a Unix socket may have only some hundred characters."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path


def folder_for(data: Path, owner: int | None = None) -> Path:
    """The socket folder that belongs to this data folder; the same at every start."""
    owner = os.geteuid() if owner is None else owner
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = Path(_short_temporary_folder()) / f"joint-{digest}-{owner}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if owner != os.geteuid():
        os.chown(folder, owner, owner)
    _insist_on_private(folder, owner)
    return folder


def _short_temporary_folder() -> str:
    return tempfile.gettempdir() if len(tempfile.gettempdir()) < 50 else "/tmp"  # noqa: S108  its mode is checked


def _insist_on_private(folder: Path, owner: int) -> None:
    """Anybody may make folders in /tmp: one that is not ours alone is not used."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
        raise PermissionError(f"{folder} belongs to somebody else; remove it, or set TMPDIR to a folder of yours")
