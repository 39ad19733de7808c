"""The log: JSON lines on stderr; events, counts and durations only.

Only the project's own loggers (below "chatmasjien") say what happened, in fixed words with named numbers. What a library
logs, or what an exception says, may carry words, names or addresses: of those only the logger's name and the exception's
type are written.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

_OWN = "chatmasjien"
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName"}


def log_of(part: str) -> logging.Logger:
    """The logger of one part of the hub. Use fixed event names, and numbers or fixed words in `extra`."""
    return logging.getLogger(f"{_OWN}.{part}")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)), "level": record.levelname.lower()}
        if record.name.split(".", 1)[0] == _OWN:
            line["part"] = record.name.removeprefix(f"{_OWN}.")
            line["event"] = record.msg
            line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        else:
            line["event"] = "library"
            line["part"] = record.name
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, default=lambda value: type(value).__name__)


def set_up_logs() -> None:
    """Log to stderr from INFO (own loggers) and WARNING (libraries)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OWN).setLevel(logging.INFO)
    for library in ("telegram", "httpx", "httpcore"):  # what they say holds addresses with Telegram's token, numbers and words
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
