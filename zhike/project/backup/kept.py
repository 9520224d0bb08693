"""The backups that are there, and how old the newest is: what the doctor, the metrics and the nightly tidying look at."""

from __future__ import annotations

import time
from pathlib import Path

from zhike.project.environment import setting
from zhike.project.home import home


def folder() -> Path | None:
    """Where backups go at night; None when an administrator has not said."""
    named = setting("ZHIKE_BACKUP_FOLDER")
    return home() / named if named else None


def standing(place: Path) -> list[Path]:
    """The backups that are there, newest first."""
    return sorted(place.glob("zhike-*.tar*"), key=lambda found: found.stat().st_mtime, reverse=True)


def age(place: Path) -> float | None:
    """Seconds since the newest backup was finished; None when there is none."""
    newest = standing(place)[:1]
    return time.time() - newest[0].stat().st_mtime if newest else None
