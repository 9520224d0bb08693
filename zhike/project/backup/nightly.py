"""定时备份: made at night by a worker, tried out at once, and removed when they are old enough. Imported by `zhike work`."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from zhike.features.jobs.periodic import periodic
from zhike.project.backup.kept import folder, standing
from zhike.project.backup.making import make_backup
from zhike.project.backup.restoring import verify
from zhike.project.database import database_url
from zhike.project.environment import number, setting, switched_on
from zhike.project.errors import CommandFailed

log = logging.getLogger("zhike.backup")
DAY = 24 * 3600


@periodic(setting("ZHIKE_BACKUP_CRON"))
def back_up() -> None:
    place = folder()
    if place is None:
        return
    place.mkdir(parents=True, exist_ok=True)
    made, manifest = make_backup(place, database_url(), setting("ZHIKE_BACKUP_KEY"))
    # With the public key alone a backup can be made and not be read: whoever has the other one tries it.
    if switched_on("ZHIKE_BACKUP_VERIFY") and not setting("ZHIKE_BACKUP_KEY").startswith("age1"):
        _prove(made)
    forget_old(place)
    log.info("备份 %s，%s 张表，%s 个附件", made.name, len(manifest["tables"]), len(manifest["files"]))


def _prove(made: Path) -> None:
    """A backup that cannot be restored counts as none, so that its age raises the alarm."""
    try:
        verify(made, setting("ZHIKE_BACKUP_KEY"))
    except CommandFailed:
        made.rename(made.with_name(f"damaged-{made.name}"))
        raise


def forget_old(place: Path) -> None:
    """Remove backups past their time; the newest one always stays."""
    oldest = time.time() - number("ZHIKE_BACKUP_KEEP_DAYS") * DAY
    for backup in standing(place)[1:]:
        if backup.stat().st_mtime < oldest:
            backup.unlink()
