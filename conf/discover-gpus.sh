#!/usr/bin/env bash
# Tells Spark which NVIDIA GPUs this machine has: {"name":"gpu","addresses":["0","1"]}. For the keys
# spark.{worker,executor,driver}.resource.gpu.discoveryScript; it must be executable where it runs.
set -euo pipefail

indices() {
  if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=index --format=csv,noheader
  else # the driver may be there without its tools
    find /dev -maxdepth 1 -name 'nvidia[0-9]*' -printf '%f\n' | tr -dc '0-9\n' | sort -n
  fi
}

addresses=$(indices | sed 's/[^0-9]//g; /^$/d; s/.*/"&"/' | paste -sd, -)
printf '{"name":"gpu","addresses":[%s]}\n' "$addresses"
