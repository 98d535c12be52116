"""Whether a page is for everybody: what axe finds against it."""

from pathlib import Path

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"


def faults(page) -> list[str]:
    """What a reader of screens, a keyboard or weak eyes would stumble over: the rule, and where."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found]
