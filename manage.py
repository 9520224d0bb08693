"""Django's own commands (makemigrations, shell …) on the installation of this checkout."""

import os
import sys

from django.core.management import execute_from_command_line

from zhike.project.database import database


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    with database():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
