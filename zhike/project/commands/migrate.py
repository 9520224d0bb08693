"""升级数据库: creates and alters the tables this version of the product needs."""

import argparse

from zhike.project.database import database


def migrate(_: argparse.Namespace) -> int:
    with database():
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False)
    return 0
