"""Damage to a JSON document: what is missing, of another kind, enormous, foreign, or one too many."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

HUGE = [10**30, -(10**19), 10**4000, 1e300, "x" * 200_000, "字" * 70_000, "a@" * 30_000, ["x"] * 3000]
ODD = [
    "", " ", "null", "0", "NaN", "2012-13-45", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "\u202e",
    "%s %(x)s",
    "'; DROP TABLE x; --", "{{7*7}}", "{0.__class__}", "../../etc/passwd", "\x01\x1b[2J", "13800001234", "a@b.example",
]  # fmt: skip
DEEP: Any = []
for _ in range(600):
    DEEP = [DEEP]


def texts() -> st.SearchStrategy[str]:
    """Words that Postgres can keep: no NUL, no half of a pair."""
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def junk(ids: list[str]) -> st.SearchStrategy[Any]:
    """What should not be there; *ids* of things elsewhere are part of it."""
    floats = st.floats(allow_nan=False, allow_infinity=False)
    plain = st.one_of(st.none(), st.booleans(), st.integers(-9, 9**20), floats)
    wrong = st.sampled_from([*HUGE, *ODD, *ids, [], {}, [None], {"x": {}}, DEEP])
    return st.one_of(plain, texts(), wrong, st.lists(plain, max_size=3), st.dictionaries(texts(), plain, max_size=3))


@st.composite
def mangled(draw, document: Any, ids: list[str]) -> Any:
    """*document* with one to three damages."""
    document = deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(document))
        if not places:
            return draw(junk(ids))
        holder, key = places[draw(st.integers(0, len(places) - 1))]
        match draw(st.sampled_from(["drop", "replace", "double", "add"])):
            case "drop":
                del holder[key]
            case "replace":
                holder[key] = draw(junk(ids))
            case "double":
                holder[key] = [deepcopy(holder[key])] * 2
            case "add" if isinstance(holder, dict):
                holder[draw(texts())] = draw(junk(ids))
            case "add":
                holder.append(draw(junk(ids)))
    return document


def _places(document: Any):
    """All places of a document, by what holds them and at which key; not what lies very deep."""
    waiting = [(document, 0)]
    while waiting:
        holder, depth = waiting.pop()
        if depth > 8 or not isinstance(holder, dict | list):
            continue
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder))[:50]:
            yield holder, key
            waiting.append((value, depth + 1))
