"""Marshmallow's English sentences as codes with parameters, which the pages put into the reader's words."""

import re
from typing import Any

_CODES = [
    (r"Missing data for required field\.", "required", ()),
    (r"Field may not be null\.", "null", ()),
    (r"Unknown field\.", "unknown_field", ()),
    (r"Longer than maximum length (\d+)\.", "too_long", ("max",)),
    (r"Shorter than minimum length (\d+)\.", "too_short", ("min",)),
    (r"Length must be between (\d+) and (\d+)\.", "length", ("min", "max")),
    (
        r"Must be greater than or equal to (-?[\d.]+) and less than or equal to (-?[\d.]+)\.",
        "out_of_range",
        ("min", "max"),
    ),
    (r"Must be greater than or equal to (-?[\d.]+)\.", "out_of_range", ("min",)),
    (r"Must be less than or equal to (-?[\d.]+)\.", "out_of_range", ("max",)),
    (r"Must be one of: (.+)\.", "not_one_of", ("choices",)),
]


def worded(messages: Any) -> dict[str, list]:
    """`{"json": {"a": {"b": ["Field may not be null."]}}}` as `{"a.b": [{"code": "null"}]}`."""
    found: dict[str, list] = {}
    for location in messages.values() if isinstance(messages, dict) else ():
        _collect(location, "", found)
    return found


def _collect(node: Any, path: str, found: dict[str, list]) -> None:
    if isinstance(node, dict) and not isinstance(node.get("code"), str):  # a field may be called code
        for name, inner in node.items():
            inner_path = path if name == "_schema" else f"{path}.{name}".lstrip(".")
            _collect(inner, inner_path, found)
        return
    for message in node if isinstance(node, list) else [node]:
        found.setdefault(path or "body", []).append(_code(message))


def _code(message: Any) -> dict:
    if isinstance(message, dict):
        return message
    for pattern, code, names in _CODES:
        if hit := re.fullmatch(pattern, str(message)):
            return {"code": code} | dict(zip(names, hit.groups(), strict=True))
    return {"code": message if re.fullmatch(r"[a-z_]+", str(message)) else "invalid"}
