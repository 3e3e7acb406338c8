#!/usr/bin/env bash
# Trains and evaluates the default model on every data set of a folder and prints a Markdown table:
#   Benchmarks/results.sh DATA [SET…] [-- further options of `charcnn train`]
# DATA holds a folder for each set, as its source laid it out. Needs GNU time, bash and a release build of charcnn.
set -euo pipefail

if [ $# -lt 1 ]; then
  echo "usage: $0 DATA [SET…] [-- options of charcnn train]" >&2
  exit 64
fi
data=$1
shift
sets=()
while [ $# -gt 0 ] && [ "$1" != "--" ]; do
  sets+=("$1")
  shift
done
[ $# -gt 0 ] && shift
[ ${#sets[@]} -gt 0 ] || sets=(thucnews chnsenticorp sst2 trec6 banking77 clinc150 r8 spooky c50 imdb ntrex shopping)

root=$(cd "$(dirname "$0")/.." && pwd)
charcnn=$root/.build/release/charcnn
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Training file and, where the source has one, development file.
files() {
  case $1 in
    thucnews | chnsenticorp | sst2) echo "train.tsv dev.tsv" ;;
    trec6) echo "train.txt" ;;
    banking77) echo "train.csv" ;;
    clinc150) echo "train.jsonl dev.jsonl" ;;
    r8 | imdb) echo "train.tsv" ;;
    spooky | shopping) echo "train.csv dev.csv" ;;
    c50) echo "." ;;
    ntrex) echo "train dev" ;;
    *) echo "unknown set $1" >&2; exit 64 ;;
  esac
}

field() { grep -oE "\"$1\" ?: ?[0-9.]+" "$2" | head -n 1 | grep -oE '[0-9.]+$'; }

echo "| set | examples | accuracy | macro F1 | train | characters/s | peak memory | evaluate | model |"
echo "|---|---|---|---|---|---|---|---|---|"
for set in "${sets[@]}"; do
  read -r train dev <<<"$(files "$set")"
  options=()
  [ -n "$dev" ] && options=(--validation "$data/$set/$dev")
  /usr/bin/time -f "%e %M" -o "$work/train.time" \
    "$charcnn" train "$data/$set/$train" "${options[@]}" --output "$work/$set.charcnn" --json --quiet "$@" \
    >"$work/train.json"
  # Without a development file the figure is that of the split that training made itself.
  evaluation="–"
  if [ -n "$dev" ]; then
    /usr/bin/time -f "%e" -o "$work/evaluate.time" \
      "$charcnn" evaluate "$work/$set.charcnn" "$data/$set/$dev" --json --quiet >"$work/evaluate.json"
    evaluation="$(cat "$work/evaluate.time") s"
    cp "$work/evaluate.json" "$work/score.json"
  else
    cp "$work/train.json" "$work/score.json"
  fi
  read -r seconds memory <"$work/train.time"
  printf '| %s | %s%s | %.4f | %.4f | %.0f s | %.0f | %d MB | %s | %s |\n' "$set" \
    "$(field examples "$work/score.json")" "$([ -n "$dev" ] || echo ' (split)')" \
    "$(field accuracy "$work/score.json")" "$(field macroF1 "$work/score.json")" "$seconds" \
    "$(field charactersPerSecond "$work/train.json")" $((memory / 1024)) "$evaluation" \
    "$(du -sh "$work/$set.charcnn" | cut -f1)"
  rm -rf "$work/$set.charcnn"
done
