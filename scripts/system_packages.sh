#!/usr/bin/env bash
# Installs what only the system can give (chromium, fonts, gettext, postgresql, softhsm2), where apt-get is there and allowed.
# Otherwise says in one sentence what is missing and goes on: tests that need it skip and say so.
set -uo pipefail

missing() {
  case $1 in
    chromium) for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" >/dev/null && return 1; done; return 0 ;;
    fonts) command -v fc-list >/dev/null && [ -n "$(fc-list :lang=ar family)" ] && return 1; return 0 ;;
    gettext) command -v xgettext >/dev/null && return 1; return 0 ;;
    softhsm2) command -v softhsm2-util >/dev/null && return 1; return 0 ;;
    postgresql) compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null && return 1
      command -v initdb >/dev/null && return 1; return 0 ;;
  esac
}

packages=()
for wanted in "$@"; do
  missing "$wanted" || continue
  case $wanted in
    fonts) packages+=(fontconfig fonts-noto-core) ;;
    *) packages+=("$wanted") ;;
  esac
done
[ ${#packages[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Not on this machine, and only an administrator can install them: ${packages[*]}." >&2
  exit 0
fi
echo "Installing ${packages[*]} …"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 ||
  { tail -n 3 "$log" >&2; echo "apt-get could not install: ${packages[*]}." >&2; }
rm -f "$log"
exit 0
