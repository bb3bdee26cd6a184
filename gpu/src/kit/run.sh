#!/usr/bin/env bash
# Shows on a GPU machine, without Java, Maven or Spark there, that the engine is right and how fast it is:
#   run.sh MODEL_FOLDER [--blocks=1024,8192] [--seconds=2] [--stream=SECONDS] [--tokens=N] [--heap=24g]
# Run as root in a container, it registers NVIDIA's OpenCL driver where that is missing, and takes PoCL's registration
# away. With --device=NAME (such as opencl:pocl) it reads on that device and leaves all registrations as they are.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
if [[ $# -lt 1 || ! -f $1/config.json ]]; then
  echo "run.sh: the first argument is the model's folder, with config.json and model.safetensors in it" >&2
  exit 2
fi
model=$(cd -- "$1" && pwd)
shift
heap=24g
device=
options=()
for option in "$@"; do
  case $option in
    --heap=*) heap=${option#*=} ;;
    --device=*) device=${option#*=} options+=("$option") ;;
    *) options+=("$option") ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
if ! tar -C "$work" -xJf "$here/kit.tar.xz" 2>/dev/null; then
  # No xz here: Python brings its own.
  python3 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' "$here/kit.tar.xz" "$work"
fi

# The kit has no tokenizer, it carries two books as tokens; so neither must the model.
mkdir -p "$work/model"
for file in "$model"/*; do
  [[ ${file##*/} == tokenizer.json ]] || ln -s -- "$file" "$work/model/"
done

libraries=$work/native
if [[ -z $device ]]; then
  driver=$(ldconfig -p 2>/dev/null | awk '/libnvidia-opencl\.so\.1 /  && !seen++ {print $NF}')
  [[ -n $driver ]] || driver=$(find / -xdev -name 'libnvidia-opencl.so.1' -print -quit 2>/dev/null || true)
  [[ -n $driver ]] || driver=$(find / -path /proc -prune -o -name 'libnvidia-opencl.so.1' -print -quit 2>/dev/null || true)
  if [[ -z $driver ]]; then
    echo 'run.sh: there is no libnvidia-opencl.so.1 on this machine' >&2
    exit 3
  fi
  mkdir -p /etc/OpenCL/vendors
  rm -f /etc/OpenCL/vendors/pocl.icd
  echo "$driver" >/etc/OpenCL/vendors/nvidia.icd
  libraries=$libraries:$(dirname -- "$driver")
  nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm --format=csv,noheader 2>/dev/null || true
fi

LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} "$work/jre/bin/java" -Xmx"$heap" -XX:+UseG1GC \
  --add-modules jdk.incubator.vector -cp "$work/classes" io.mambaspark.gpu.GpuKit \
  "$work/model" "$work/books.tokens" "${options[@]}"
