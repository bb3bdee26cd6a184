#!/usr/bin/env bash
# Reads whole books with a Mamba model on Spark: a summary of each, and the passages that answer a question.
#
#   examples/quickstart.sh                                     the four books of examples/books
#   examples/quickstart.sh my-book.txt notes/                  your own files and folders
#   QUESTION="Who is Mr. Hyde?" examples/quickstart.sh         your own question
#
# Needs JDK 17 and Maven. A Spark 4 is used if SPARK_HOME or the PATH has one; otherwise Maven fetches Spark's jars.
# MASTER (local[*]) and DRIVER_MEMORY (2g) choose where it runs.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
question=${QUESTION:-What happened at the tea party?}
maven_home=$root/spark-jobs/target/spark-home
bundle=

say() { printf '\n\033[1m%s\033[0m\n' "$*" >&2; }

die() {
  printf 'quickstart: %s\n' "$*" >&2
  exit 1
}

# Prints the spark-submit of a Spark 4, if there is one.
find_spark_submit() {
  local submit
  if [[ -n ${SPARK_HOME:-} ]]; then
    submit=$SPARK_HOME/bin/spark-submit
  else
    submit=$(command -v spark-submit || true)
  fi
  if [[ -n $submit && -x $submit ]] && "$submit" --version 2>&1 | grep -q 'version 4\.'; then
    printf '%s\n' "$submit"
  fi
}

find_bundle() {
  bundle=$(find "$root/spark-jobs" -maxdepth 2 -name 'mamba-spark-bundle_*.jar' | sort | tail -n 1)
}

is_stale() {
  [[ -z $bundle ]] && return 0
  local newer
  newer=$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$bundle" -type f -print -quit)
  [[ -n $newer ]]
}

# Maven's log as progress: the modules, how many files were fetched, and all errors.
build_progress() {
  local line fetched=0
  while IFS= read -r line; do
    case $line in
      '[ERROR]'*) printf '%s\n' "$line" ;;
      '[INFO] Building '*'/'*']') printf '  %s\n' "${line#'[INFO] '}" ;;
      *'Downloaded from'*)
        fetched=$((fetched + 1))
        [[ $((fetched % 50)) -ne 0 ]] || printf '  %d files fetched\n' "$fetched"
        ;;
    esac
  done >&2
}

# One Maven run makes both: the bundle, and spark-jobs/target/spark-home with Spark's jars.
build() {
  command -v mvn >/dev/null || die "Maven is missing: install it (Debian: apt install maven) and start again."
  say "Building the bundle (the first time Maven fetches Spark, which takes some minutes) …"
  mvn -B -f "$root/pom.xml" -DskipTests -Dspotless.check.skip package | build_progress
  find_bundle
  [[ -n $bundle ]] || die "Maven made no bundle jar in spark-jobs/target."
}

# Runs spark-submit: the one that was found, or the same program out of Maven's jars.
submit() {
  if [[ -n $spark_submit ]]; then
    "$spark_submit" "$@"
    return
  fi
  local -x SPARK_HOME=$maven_home SPARK_SCALA_VERSION=2.13
  local java=java command=()
  [[ -n ${JAVA_HOME:-} ]] && java=$JAVA_HOME/bin/java
  # Spark's launcher prints the command line, each part ended by a NUL, after one empty part.
  while IFS= read -r -d '' part; do command+=("$part"); done < <(
    "$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@"
  )
  command=("${command[@]:1}")
  [[ ${#command[@]} -gt 0 ]] || die "Spark's launcher gave no command."
  command[0]=${command[0]#$'\n'}
  "${command[@]}"
}

run() {
  submit --master "${MASTER:-local[*]}" --driver-memory "${DRIVER_MEMORY:-2g}" "$bundle" "$@"
}

main() {
  local inputs=() path
  for path in "${@:-$root/examples/books/*.txt}"; do
    inputs+=(--input "$path")
  done
  find_bundle
  spark_submit=$(find_spark_submit)
  if is_stale || [[ -z $spark_submit && ! -d $maven_home/jars ]]; then
    build
  fi
  export SPARK_CONF_DIR=${SPARK_CONF_DIR:-$root/conf} SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}

  say "A summary of each, and what answers: $question"
  run summarize "${inputs[@]}" --max-words 120 --retrieve "$question" --top-k 3
}

main "$@"
