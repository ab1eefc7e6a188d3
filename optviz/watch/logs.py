"""Logs as lines of JSON, each with the request that it is about; never who asked, nor for what."""

import json
import logging
from contextvars import ContextVar

REQUEST: ContextVar[str] = ContextVar("request", default="")


class Lines(logging.Formatter):
    """Writes a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
            "request": REQUEST.get() or None,
            **getattr(record, "more", {}),
            "trace": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({key: value for key, value in line.items() if value is not None})


def begin(level: str) -> None:
    """Log what is as bad as `level`, and worse, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    # What the server below says of connections at "info" has addresses in it.
    floors = {"optviz": logging.DEBUG, "uvicorn.error": logging.WARNING}
    # Each of Streamlit's loggers writes by itself, in lines of its own.
    others = [name for name in logging.root.manager.loggerDict if name.startswith("streamlit")]
    for name, least in (floors | dict.fromkeys(others, logging.WARNING)).items():
        log = logging.getLogger(name)
        log.handlers = [handler]
        log.propagate = False
        log.setLevel(max(least, logging.getLevelNamesMapping()[level.upper()]))
