"""数据库: which PostgreSQL an installation uses, as Django wants to hear it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zhike.project.embedded import Embedded
from zhike.project.environment import setting
from zhike.project.errors import CommandFailed
from zhike.project.home import home


def database_url() -> str:
    """`DATABASE_URL`, else the address of the server that lives in the data folder."""
    return setting("DATABASE_URL") or embedded().url


def embedded() -> Embedded:
    return Embedded(home() / "postgres")


@contextmanager
def database() -> Iterator[str]:
    """The database ready to be used: the server that comes along runs meanwhile, a named one is there anyway."""
    named = setting("DATABASE_URL")
    if named:
        yield named
        return
    with embedded().running() as url:
        yield url


def django_database(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES for a `postgresql://` address; a socket folder is given as `?host=`."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise CommandFailed("DATABASE_URL 必须以 postgresql:// 开头，知客只支持 PostgreSQL")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "zhike.project.upgrading",
        "NAME": unquote(parts.path.lstrip("/")) or "zhike",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
