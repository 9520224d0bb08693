"""日志: one line an event. At a terminal for people, elsewhere as JSON for whatever collects it."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

from zhike.project.environment import setting, switched_on

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request", "task", "worker"}


# PostgreSQL adds the row or the words to what it refuses; whose they are is nobody's business in a log.
VALUES = re.compile(r"^(DETAIL|CONTEXT|HINT|LINE \d+):.*$|^ *\^ *$", re.MULTILINE)


def without_values(text: str) -> str:
    """What went wrong and where, without the data it went wrong with."""
    return VALUES.sub(lambda found: f"{found[1]}: …" if found[1] else "", text)


class PlainLine(logging.Formatter):
    """A record for people."""

    def format(self, record: logging.LogRecord) -> str:
        return without_values(super().format(record))


class JsonLine(logging.Formatter):
    """A record as one JSON object; what was given as `extra` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_trace(),
            **{name: value for name, value in vars(record).items() if name not in STANDARD},
        }
        if record.exc_info:
            line["exception"] = without_values(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _trace() -> dict[str, Any]:
    from zhike.kernel.tracing import current

    trace = current()
    told = {"request_id": trace.request, "job_id": trace.job}
    return {name: value for name, value in told.items() if value}


def configuration() -> dict[str, Any]:
    """The whole of logging, for Django and the server alike."""
    level = "INFO" if switched_on("ZHIKE_LOG_ACCESS") else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {
                "()": "zhike.project.operation.log.PlainLine",
                "style": "{",
                "format": "{asctime} {levelname} {name}: {message}",
            },
            "json": {"()": "zhike.project.operation.log.JsonLine"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": _format()}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # What a client did wrong is told to the client.
            "django.request": {"level": "ERROR"},
            "django.security.csrf": {"level": "ERROR"},
            "zhike.request": {"level": level},
            "zhike.jobs": {"level": level},
        },
    }


def _format() -> str:
    chosen = setting("ZHIKE_LOG")
    return chosen if chosen in ("text", "json") else "text" if sys.stderr.isatty() else "json"
