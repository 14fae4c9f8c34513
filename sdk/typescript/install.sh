#!/usr/bin/env bash
# install.sh: install the packages of package-lock.json into the cache, once for all checkouts, and link them here.
set -euo pipefail
cd "$(dirname "$0")"
lock=$(sha256sum package-lock.json | cut -c1-16)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/hypernode/typescript-$lock
if [ ! -e "$folder/installed" ]; then
  mkdir -p "$folder"
  cp package.json package-lock.json .npmrc "$folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
  touch "$folder/installed"
fi
[ -L node_modules ] || rm -rf node_modules
ln -sfn "$folder/node_modules" node_modules
