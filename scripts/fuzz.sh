#!/usr/bin/env bash
# Runs every fuzz target of Tests/Fuzz for some seconds: scripts/fuzz.sh [SECONDS] [TARGET...]
# A finding stops the run; its input lies in .build/fuzz/findings/ and is replayed by giving the file to the target.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
  for folder in Tests/Fuzz/*/; do
    [ "$folder" = Tests/Fuzz/Driver/ ] || targets+=("$(basename "$folder")")
  done
fi

export BONITAS_FUZZ=1
# A trap is libFuzzer's to catch, or the input that led to it is lost.
export SWIFT_BACKTRACE=enable=no
mkdir -p .build/fuzz/findings
for target in "${targets[@]}"; do
  swift build -c release --scratch-path .build/fuzz/build --product "Fuzz$target" -Xswiftc -sanitize=fuzzer
done
for target in "${targets[@]}"; do
  echo "--- fuzzing $target for $seconds s"
  corpus=.build/fuzz/corpus/$target
  mkdir -p "$corpus"
  seeds=()
  [ -d "Tests/Fuzz/$target/Seeds" ] && seeds=("Tests/Fuzz/$target/Seeds")
  # Memory and time limits make bombs findings too.
  ".build/fuzz/build/release/Fuzz$target" "$corpus" "${seeds[@]}" -max_total_time="$seconds" \
    -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix=.build/fuzz/findings/"$target"- 2>&1 |
    grep -E 'stat::|ERROR|SUMMARY|Test unit|Done' || { echo "fuzz target $target failed" >&2; exit 1; }
done
