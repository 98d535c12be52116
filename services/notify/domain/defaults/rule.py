"""A rule that a committee begins with."""

from typing import Any

#: {code of a template: {language: (title, body)}}
Words = dict[str, dict[str, tuple[str, str]]]


def rule(code: str, topic: str, audience: list[dict], template: str, urgency: str, **more: Any) -> dict[str, Any]:
    """*code*: its name; *template*: whose words it uses. *why*, in *more*, is what readers see who ask why."""
    base = {"condition": {}, "needs_answer": False, "channels": None, "thread": None, "link": None, "on": True}
    return {
        **base,
        "code": code,
        "topic": topic,
        "audience": audience,
        "template": template,
        "urgency": urgency,
        **more,
    }
