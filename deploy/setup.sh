#!/usr/bin/env bash
# setup.sh PART...: install what a part of the project needs on Debian, only where it is missing.
# Parts: python (uv and the virtual environment), docker (an engine and debootstrap), services (PostgreSQL,
# Redis), node (Node.js and npm), rust (a host toolchain with clippy), deny (cargo-deny). Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/hypernode
cargo_deny_version=0.20.2
# What the TypeScript client asks for at least, and what is installed where the system has less (Debian 12 has 18).
node_least=22.19
node_version=22.23.3
updated=

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# apt_for "WHY" PACKAGE...: install the packages that dpkg does not know as installed.
apt_for() {
  local why=$1 missing=() package
  shift
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || { say "$why needs ${missing[*]}: install them with your system's package manager"; exit 1; }
  say "installing ${missing[*]} ($why)"
  [ -n "$updated" ] || { as_root apt-get update -qq; updated=1; }
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

setup_python() {
  if ! command -v uv >/dev/null && [ ! -x "$cache/uv/bin/uv" ]; then
    apt_for "uv's own environment" python3-venv
    say "installing uv into $cache/uv"
    python3 -m venv "$cache/uv"
    "$cache/uv/bin/pip" install --quiet 'uv>=0.9,<1'
  fi
  PATH=$PATH:$cache/uv/bin
  if ! uv python find --no-python-downloads '>=3.11' >/dev/null 2>&1; then
    apt_for "the services and the command line" python3 python3-venv
  fi
  say "installing the Python packages that uv.lock pins"
  local python=${PYTHON:-3.11}
  # A newer Debian has no 3.11 any more.
  [ -n "${PYTHON:-}" ] || uv python find --no-python-downloads 3.11 >/dev/null 2>&1 || python='>=3.11'
  uv sync --quiet --locked --all-packages --no-python-downloads --python "$python"
}

setup_docker() {
  apt_for "the runtime image" debootstrap ca-certificates
  bash deploy/docker-setup.sh
}

setup_services() {
  command -v redis-server >/dev/null || apt_for "tests against a real Redis" redis-server
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || apt_for "tests against a real PostgreSQL" postgresql
}

setup_node() {
  command -v npm >/dev/null || apt_for "tests of the RPC with the public TypeScript client" nodejs npm
  PATH=$cache/node/bin:$PATH
  printf '%s\n' "$node_least" "$(node --version | tr -d v)" | sort --version-sort --check=quiet && return
  local package
  package=node-linux-$(node -p process.arch)
  say "installing Node.js $node_version into $cache/node: this system's is $(node --version)"
  npm install --loglevel=error --no-audit --no-fund --prefix "$cache/node" "$package@$node_version"
  mkdir -p "$cache/node/bin"
  ln -sf "../node_modules/$package/bin/node" "$cache/node/bin/node"
}

setup_rust() {
  { command -v cargo-clippy && command -v cargo-fmt; } >/dev/null ||
    apt_for "Rust tests, clippy and rustfmt" cargo-web rust-web-clippy rustfmt-web
}

setup_deny() {
  setup_rust
  if [ ! -x "$cache/cargo-tools/bin/cargo-deny" ]; then
    apt_for "building cargo-deny" build-essential pkg-config
    say "building cargo-deny $cargo_deny_version into $cache/cargo-tools (minutes, once)"
    cargo install --quiet --locked --root "$cache/cargo-tools" --version "$cargo_deny_version" cargo-deny
  fi
}

for part in "$@"; do
  case $part in
    python | docker | services | node | rust | deny) "setup_$part" ;;
    *) say "unknown part $part"; exit 2 ;;
  esac
done
