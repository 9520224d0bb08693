"""升级数据库: creates and alters the tables this version of the product needs."""

import argparse

from zhike.project.ready import ready


def migrate(_: argparse.Namespace) -> int:
    with ready():
        from django.core.management import call_command

        call_command("migrate", interactive=False)
    return 0
