"""The photos of cases in a backup: sealed files that never change, so that what the one before has is linked."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

KEPT_AS = "photos"


def folder(data: Path) -> Path:
    return Path(os.environ.get("PHOTO_DIR") or data / "photos").absolute()


def keep(photos: Path, making: Path, before: Path | None) -> None:
    """Put all of them into the backup that is being made."""
    for photo in photos.glob("*/*"):
        place = Path(KEPT_AS, *photo.relative_to(photos).parts)
        with suppress(FileNotFoundError):  # deleted meanwhile
            _put(photo, making / place, before and before / place)


def bring_back(photos: Path, chosen: Path) -> int:
    """Put back those of a backup that are missing: how many. What is too old for them, the product deletes again."""
    kept = chosen / KEPT_AS
    missing = [one for one in kept.glob("*/*") if not (photos / one.relative_to(kept)).exists()]
    for one in missing:
        _put(one, photos / one.relative_to(kept), None)
    return len(missing)


def _put(source: Path, target: Path, known: Path | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if known and known.exists() and known.stat().st_size == source.stat().st_size:
        os.link(known, target)
    else:
        shutil.copy2(source, target)
