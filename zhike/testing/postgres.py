"""测试数据库: a pytest plugin that gives the run one PostgreSQL of its own and throws it away afterwards.

`DATABASE_URL` names another server instead. The workers of `pytest -n` inherit the address from the first process.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from zhike.project.embedded import Embedded
from zhike.testing.databases import MIGRATED, migrate_once

HOME = Path(tempfile.gettempdir()) / f"zhike-test-{os.getpid()}"
OWN = None if "DATABASE_URL" in os.environ else Embedded(HOME / "postgres", durable=False)

# pytest-django reads the settings before any hook of ours runs, so the address is told now and the server started later.
os.environ.setdefault("ZHIKE_HOME", str(HOME))
# The browser of the journeys leaves its loop running in the thread in which later tests ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
if OWN is not None:
    os.environ["DATABASE_URL"] = OWN.url


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    from django.conf import settings

    settings.VIEWS_STORED_EVERY = 0.0  # a thread of its own would write beside the test
    settings.REQUESTS_A_MINUTE = 0  # tests ask faster than any person
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = MIGRATED
    if OWN is not None:
        clear_after_killed_runs()
        OWN.start()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        migrate_once()


def pytest_collection_finish() -> None:
    """What stays until the end need not be looked through for garbage again and again."""
    gc.freeze()


def pytest_unconfigure() -> None:
    if OWN is not None:
        OWN.stop()
    if os.environ["ZHIKE_HOME"] == str(HOME):
        shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def fields_looked_up_anew() -> Iterator[None]:
    """A test's database goes back to what it was; what a process knows of added fields must, too."""
    from zhike.kernel.added import forget

    yield
    forget()


@pytest.fixture(scope="module")
def founding(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[bool]:
    """Whether the tests of a file may share what is made now: it stands until the last, and each undoes only what it does itself.

    Not where one of them commits: then each founds its own.
    """
    if any(_commits(item) for item in request.session.items if item.path == request.path):
        yield False
        return
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield True
        transaction.set_rollback(True)


def _commits(item: pytest.Item) -> bool:
    asked = "transactional_db" in getattr(item, "fixturenames", ())
    return asked or any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))


def clear_after_killed_runs() -> None:
    """A run that was killed could neither stop its server nor tidy up; the next one does."""
    for folder in Path(tempfile.gettempdir()).glob("zhike-test-*"):
        if folder.stat().st_uid != os.geteuid() or psutil.pid_exists(int(folder.name.rpartition("-")[2])):
            continue
        left = Embedded(folder / "postgres", durable=False)
        if left.forsaken:
            with left.running():
                pass
        shutil.rmtree(folder, ignore_errors=True)
