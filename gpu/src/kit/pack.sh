#!/usr/bin/env bash
# Packs the GPU kit: all that a machine with a GPU needs to show correctness and speed, except the model. Maven calls it
# (-Pgpu-kit) with the kit's folder and the class path of this module's tests.
set -euo pipefail
shopt -s inherit_errexit

kit=$1 class_path=$2
limit=$((14 * 1024 * 1024))
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
jdk=${JAVA_HOME:-$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")")}
loader=$(ldconfig -p | awk '/libOpenCL\.so\.1 .*x86-64/  && !seen++ {print $NF}')
if [[ -z $loader ]]; then
  echo 'gpu-kit: there is no libOpenCL.so.1 to pack; on Debian: apt-get install ocl-icd-libopencl1' >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p "$work/classes" "$work/native"

# Classes are packed as files: xz makes far less of them together than of jars.
cd "$work/classes"
IFS=: read -ra entries <<<"$class_path"
for entry in "${entries[@]}"; do
  case $entry in
    */target/classes | */target/test-classes) cp -r -- "$entry/." . ;;
    *mamba-spark-runtime-*.jar | *aparapi-*.jar | *bcel-*.jar | *commons-lang3-*.jar | *jackson-*.jar | *slf4j-api-*.jar)
      "$jdk/bin/jar" xf "$entry"
      ;;
  esac
done
find linux -type f ! -name 'libaparapi_x86_64.so' -delete
find io/mambaspark/model/reader -type f ! -name 'expected.*' -delete
find . -name '*Test*.class' -path '*/mambaspark/*' -delete
rm -rf -- osx win META-INF/versions META-INF/maven

"$jdk/bin/java" -cp "$class_path" io.mambaspark.gpu.BookTokens "$work/books.tokens"
cp -L -- "$loader" "$work/native/libOpenCL.so.1"
"$jdk/bin/jlink" --output "$work/jre" --compress=0 --strip-java-debug-attributes --no-header-files --no-man-pages \
  --add-modules java.base,java.logging,jdk.unsupported,jdk.incubator.vector,java.management
rm -rf -- "$work/jre/legal"
find "$work/jre" \( -name '*.so' -o -path '*/bin/*' -type f \) -exec strip --strip-unneeded {} +

mkdir -p "$kit"
rm -f -- "$kit/kit.tar.xz"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$work" -cf - jre classes native books.tokens |
  xz -9e >"$kit/kit.tar.xz"
cp -- "$here/run.sh" "$kit/run.sh"

size=$(du -sb --apparent-size -- "$kit" | cut -f1)
if ((size > limit)); then
  echo "gpu-kit: $kit has $size bytes, more than the $limit that it may have" >&2
  exit 1
fi
echo "gpu-kit: $kit has $size bytes of at most $limit; run there: run.sh MODEL_FOLDER"
