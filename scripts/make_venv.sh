#!/usr/bin/env bash
# Makes the virtual environment with the newest suitable Python of this machine.
set -euo pipefail
venv=$1

[ -x "$venv/bin/python" ] && [ -x "$venv/bin/pip" ] && exit 0

suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

for python in ${PYTHON3:-} python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$python" >/dev/null && suits "$python"; then
    echo "Making $venv with $("$python" --version) …"
    if ! "$python" -m venv "$venv" 2>/dev/null; then
      echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2
      rm -rf "$venv"
      exit 1
    fi
    exit 0
  fi
done
echo "Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON3=/path/to/python make run" >&2
exit 1
