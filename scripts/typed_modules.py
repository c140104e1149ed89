"""Prints the modules that STYLE wants annotated: services, access and the modules that derive values.

Views, forms, models, hooks, commands and everything Wagtail configures stay bare.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPED = set(
    """
    access availability completion eligibility facets grades grading manifest numbers progress publishing refusals
    registry schedule scoring services standing tokens tutoring verification
    """.split()
)
SKIPPED = {".venv", "node_modules", "tests", "migrations", "scripts", "var"}


def typed_modules():
    """Find them by name, also inside a package that carries such a name."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if SKIPPED.isdisjoint(parts) and TYPED.intersection(parts):
            yield path.relative_to(ROOT)


if __name__ == "__main__":
    sys.stdout.write("\n".join(map(str, typed_modules())) + "\n")
