"""A rolling update that has come half way: the next version's gateway, relay and workers beside those of today.

The next version tells of trouble as v2, with one fact more, and understands both; that of today understands v1 only.
Each event is told in one version; what a worker of today finds in v2 it leaves for one of the next.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from chaos.beside import beside, wait_for
from chaos.stage import Stage
from embedded.program import PROJECT

PARTS = ("shared", "services", "embedded", "deploy")
#: Twice as many workers as the product has: of an update it is the larger half.
CAST = {"newer gateway": "gateway", "newer relay": "relay", "newer worker": "worker", "other newer worker": "worker"}
#: Seconds for which only workers of today are there.
GONE = 6


class Change(NamedTuple):
    """What stands in a file of today, and what in that of the next version."""

    file: str
    today: str
    next: str


CHANGES = (
    Change(
        "shared/schemas/patrol/troubles.py",
        "  # empty: only the duty desk\n",
        '''  # empty: only the duty desk


class TroubleReportedV2(TroubleReported):
    """The same, and how bad it is."""

    topic = "patrol.trouble_reported.v2"
    danger = fields.Boolean(required=True)
''',
    ),
    Change(
        "shared/schemas/patrol/__init__.py",
        "import TroubleReported\n",
        "import TroubleReported, TroubleReportedV2\n",
    ),
    Change(
        "services/patrol/domain/troubles.py",
        "        said.TroubleReported,\n",
        '        said.TroubleReportedV2,\n        danger=row["kind"] == "gas_smell",\n',
    ),
    Change(
        "services/notify/consumers.py",
        "@on(members.SignInCodeMade)\n",
        """@on(patrol.TroubleReportedV2)
def tell_of_trouble_v2(db, event):
    event.topic = patrol.TroubleReported.topic  # to the rules it is the same
    telling.tell(db, event)


@on(members.SignInCodeMade)
""",
    ),
)
TOLD = """
    SELECT count(*) FILTER (WHERE topic = 'patrol.trouble_reported.v1'),
           count(*) FILTER (WHERE topic = 'patrol.trouble_reported.v2')
    FROM bus.events WHERE recorded_at > %s
"""


class NotMixed(Exception):
    """Only one of the two versions was at work."""


@contextmanager
def half_updated(stage: Stage) -> Iterator[None]:
    """In the block both versions are at work; in the end both must have been."""
    tree = next_version(stage.folder / "next")
    for name, program in CAST.items():
        stage.others[name] = beside(stage.stack, program, stage.folder / f"{name}.log", folder=tree)
    wait_for(*stage.others.values())
    begun = stage.product.value("SELECT clock_timestamp()")
    with stage.joined():
        yield
    with stage.product.postgres() as owner:
        told = owner.execute(TOLD, [begun]).fetchone() or ()
    if not all(told):
        raise NotMixed(f"told as v1 and as v2: {told}")


def replaced(name: str) -> Callable[[Stage, Random], None]:
    """It dies, and its supervisor starts it again."""
    return lambda stage, chance: stage.others[name].die()


def workers_gone(stage: Stage, chance: Random) -> None:
    """As when an update is taken back: for a while, nobody is there who understands v2."""
    one, other = stage.others["newer worker"], stage.others["other newer worker"]
    one.wanted.clear()
    one.die()
    other.be_away(GONE)
    one.wanted.set()


def next_version(tree: Path) -> Path:
    for part in PARTS:
        shutil.copytree(PROJECT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "web").symlink_to(PROJECT / "web")
    for file, today, following in CHANGES:
        text = (tree / file).read_text()
        if text.count(today) != 1:
            raise ValueError(f"{file} is not what the next version was made for")
        (tree / file).write_text(text.replace(today, following))
    return tree
