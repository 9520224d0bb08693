"""The executable `zhike`."""

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    from zhike.project.database import database

    with database():
        import sys

        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
