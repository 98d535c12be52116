"""Logs: a line of JSON an event, one correlation id from the tap to the last message, nothing personal."""

import logging
import re
import sys
from typing import Any

import orjson
import structlog

from shared.config import config

#: Numbers as long as a telephone's, mailboxes, and our own secrets, never stand in a log. Each pattern reads a line
#: once, however long it is: what is looked for begins where a word does.
_SECRETS = re.compile(
    r"(?<![\w-])(\+?86)?[ -]?1\d{2}[ -]?\d{4}[ -]?\d{4}(?![\w-])"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+"
    r"|(jc_(test|team|live)|whsec)_[\w+/=-]+"
    r"|(?<![\w-])[\w-]{43}(?![\w-])"  # a token of crypto.new_token()
    r"|(?<![\w-])[\w-]{72}(?![\w-])"  # the end of a link with which a message is answered
)
#: What SQLAlchemy and Postgres add to an error: the values that were to be written.
_VALUES = re.compile(r"^\[parameters: [^\n]*|(?<=DETAIL:  )[^\n]*", re.MULTILINE)


def mask(_logger, _method, event: dict) -> dict:
    return {key: _masked(value) for key, value in event.items()}


def _as_json(event: dict, default: Any) -> str:
    return orjson.dumps(event, default=default, option=orjson.OPT_NON_STR_KEYS).decode()


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRETS.sub("***", _VALUES.sub("***", value))
    if isinstance(value, dict):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner) for inner in value]
    return value


def configure(process: str) -> None:
    """Send structlog and the standard library's logging to one stream of JSON lines.

    Ours go there straight: a record of logging on the way would cost more than all the rest of a line.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    renderer = structlog.processors.JSONRenderer(serializer=_as_json)
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=shared
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=config().log_level, handlers=[handler], force=True)
    structlog.configure(
        processors=[*shared, renderer],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(config().log_level)),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
