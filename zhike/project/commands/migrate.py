"""升级数据库: the tables this version of the product needs, and the roles it comes with."""

import argparse
import sys
from typing import TextIO

from zhike.project.ready import ready

GENERAL_PACK = "company"


def migrate(_: argparse.Namespace) -> int:
    with ready():
        bring_up_to_date(sys.stdout)
    return 0


def bring_up_to_date(report: TextIO, *, quiet: bool = False) -> None:
    """Safe to repeat: roles an administrator has changed stay as they are."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, stdout=report, verbosity=0 if quiet else 1)
    from zhike.features.packs import load_pack

    load_pack(GENERAL_PACK)
