#!/usr/bin/env bash
# Publishes the sample site and checks it: tests/site/run.sh SITE_PREVIEW [--all]
# SITE_PREVIEW is the program of the target site_preview. Needs node (18 or later), npm, chromium and xmllint.
set -euo pipefail
preview=$(realpath "${1:?usage: tests/site/run.sh SITE_PREVIEW [--all]}")
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The lock file says exactly what is installed; what is there already is taken as it is.
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --no-audit --no-fund --ignore-scripts
  cp package-lock.json node_modules/.installed-lock
fi
"$preview" "$folder"
node servers.mjs "$folder"
node check.mjs "$folder/public" "${@:2}"
