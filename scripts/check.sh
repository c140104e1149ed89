#!/usr/bin/env bash
# Every check that needs no test run. Goes through all of them and then fails if one failed.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()
output=$(mktemp)
trap 'rm -f "$output"' EXIT

step() {
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$output" 2>&1; then
    printf 'ok      %-14s %3d s\n' "$name" $((SECONDS - start))
  else
    cat "$output"
    printf 'FAILED  %-14s %3d s\n' "$name" $((SECONDS - start))
    failed+=("$name")
  fi
}

export SECRET_KEY=only-for-checks ENV_FILE= VAR_DIR
VAR_DIR=$(mktemp -d)
trap 'rm -rf "$output" "$VAR_DIR"' EXIT

step style $bin/ruff check --quiet .
step format $bin/ruff format --quiet --diff .
step layers $bin/lint-imports --no-logo
step templates $bin/djlint templates --lint --quiet
step types $bin/mypy $($bin/python scripts/typed_modules.py)
step settings $bin/python manage.py check --fail-level WARNING
step migrations $bin/python manage.py makemigrations --check --dry-run
step translations $bin/python scripts/check_translations.py
step set-up $bin/pip check

if [ ${#failed[@]} -gt 0 ]; then
  echo "Failed: ${failed[*]}"
  exit 1
fi
echo "All checks passed."
