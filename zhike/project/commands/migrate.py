"""升级数据库: the tables this version of the product needs, and the roles it comes with."""

import argparse
import sys
from typing import TextIO

from zhike.project.errors import CommandFailed
from zhike.project.ready import ready

GENERAL_PACK = "company"
TOO_NEW = (
    "数据库由更新版本的知客升级过（本程序不认识 {names}），不能用旧程序打开；"
    "请安装新版本，或用升级前的备份恢复（zhike restore）。数据库没有任何改动"
)


def migrate(_: argparse.Namespace) -> int:
    with ready():
        bring_up_to_date(sys.stdout)
    return 0


def bring_up_to_date(report: TextIO, *, quiet: bool = False) -> None:
    """Safe to repeat: roles an administrator has changed stay as they are."""
    from zhike.features.packs import load_pack
    from zhike.project import tables

    refuse_newer()
    tables.bring_up_to_date(report, quiet=quiet)
    load_pack(GENERAL_PACK)


def refuse_newer() -> None:
    """A database that a newer program has changed is left alone: this one would not keep its rules. Raises CommandFailed."""
    from zhike.project.operation.health import standing

    _, unknown = standing()
    if unknown:
        raise CommandFailed(TOO_NEW.format(names="、".join(f"{app}.{name}" for app, name in sorted(unknown)[:5])))
