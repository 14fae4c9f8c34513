#!/usr/bin/env bash
# Make a Docker engine answer on this host: install docker.io where no engine is, start dockerd where none runs.
# Safe to run again. On a host with systemd the service is used; elsewhere (a container, a bare VM) dockerd is started.
set -euo pipefail
say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

answers && exit 0
if ! command -v dockerd >/dev/null; then
  command -v apt-get >/dev/null || { say "install Docker 20.10 or later: https://docs.docker.com/engine/install/"; exit 1; }
  say "installing Docker (docker.io, iptables)"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq docker.io iptables cgroupfs-mount >/dev/null
fi
if [ -d /run/systemd/system ]; then
  say "starting the docker service"
  as_root systemctl start docker
elif ! answers; then
  say "starting dockerd (log in /var/log/dockerd.log)"
  mountpoint -q /sys/fs/cgroup || as_root cgroupfs-mount
  as_root sh -c 'setsid dockerd >>/var/log/dockerd.log 2>&1 </dev/null &'
fi
for _ in $(seq 60); do
  answers && exit 0
  sleep 0.5
done
say "Docker does not answer. See /var/log/dockerd.log, and whether you may use it: usermod -aG docker $(id -un)"
exit 1
