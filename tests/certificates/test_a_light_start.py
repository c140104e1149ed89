"""Most processes never draw a paper: they must not pay for the engine."""

import subprocess
import sys

from django.conf import settings

HEAVY = {"fontTools", "page", "pyhanko", "pyld", "reportlab", "segno", "uharfbuzz"}


def test_starting_the_site_loads_neither_the_paper_engine_nor_what_signs():
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        "import django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        f"print(*sorted({HEAVY} & {{name.split('.')[0] for name in sys.modules}}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
