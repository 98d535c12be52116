"""How hard to try: a little in CI, always the same; for as long as it takes with HYPOTHESIS_PROFILE=deep."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
#: What schemathesis does with a route: every edge of every field is for by hand.
PHASES = ["examples", "coverage", "fuzzing"] if DEEP else ["examples", "fuzzing"]


def tries(few: int, deep: int, **more: Any) -> settings:
    """So many examples: *few* in CI, where a change must not fail by another's bad luck, *deep* by hand."""
    return settings(
        max_examples=deep if DEEP else few,
        derandomize=not DEEP,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        deadline=None,  # the machine's speed is no promise
        suppress_health_check=list(HealthCheck),
        **more,
    )
