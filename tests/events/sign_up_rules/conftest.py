"""Somebody who tries to sign up."""

import pytest


@pytest.fixture(autouse=True)
def known(unit, labels):
    """What quotas are of exists."""
    unit("U92")
    labels("place", "C1")


@pytest.fixture
def attempt(events, token):
    """Call it to let somebody ask for a seat over HTTP."""

    def attempt(activity, somebody, **asked):
        path = f"/activities/{activity.id}/sign-up"
        return events.put(path, json=asked or None, headers=token(somebody.person_id))

    return attempt


def codes(answer) -> dict[str, list[str]]:
    return {field: [error["code"] for error in errors] for field, errors in answer.json["errors"].items()}


QUESTIONS = [
    {"id": "bus", "text": "坐大巴吗？", "kind": "yes_no", "required": True},
    {"id": "size", "text": "衣服尺码", "kind": "choice", "choices": ["M", "L"]},
    {"id": "note", "text": "还有什么要说的？", "kind": "text"},
]
