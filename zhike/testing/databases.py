"""Databases of their own for tests that start programs. Making the tables takes seconds and a copy one: a run makes them once."""

import os
import subprocess
import sys
from itertools import count
from typing import Any

import psycopg

MIGRATED = "zhike_migrated"
"""The tables and nothing in them; every other database of the run begins as its copy."""
MAKE = "import django; django.setup(); from zhike.project.tables import bring_up_to_date; bring_up_to_date(quiet=True)"
_numbers = count(1)


def migrate_once() -> None:
    """Makes the pattern of all others. Raises RuntimeError when a migration fails."""
    program(created(MIGRATED, "template1"), "-c", MAKE)


def program(address: str, *words: str) -> None:
    """Runs Python on a database. Raises RuntimeError with what it said when it fails."""
    settings = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "zhike.project.settings"}
    done = subprocess.run([sys.executable, *words], env={**os.environ, **settings}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)


def copied(template: str = MIGRATED) -> str:
    """The address of a new database, beside the tests' own: what a test of programs writes is committed."""
    return created(f"programs_{os.getpid()}_{next(_numbers)}", template)


def created(name: str, template: str) -> str:
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return _address(psycopg.conninfo.conninfo_to_dict(server) | {"dbname": name})


def named(address: str) -> str:
    """The name of the database at an address."""
    return str(psycopg.conninfo.conninfo_to_dict(address)["dbname"])


def _address(parts: dict[str, Any]) -> str:
    host = str(parts["host"]).replace("/", "%2F")
    password = f":{parts['password']}" if parts.get("password") else ""
    return f"postgresql://{parts['user']}{password}@{host}:{parts.get('port', 5432)}/{parts['dbname']}"
