#!/usr/bin/env bash
# Trains every network on some data sets, each for a limited time, and prints a Markdown table:
#   Benchmarks/networks.sh DATA [SET…] [-- further options of `charcnn train`]
# DATA holds a folder for each set, as its source laid it out. Networks of fixed length read packed texts here
# (length=none), and all of them the alphabet of the data. Needs GNU time, bash and a release build of charcnn.
# LIMIT (default 90s) is the time of one training, THREADS the number of threads, CHARCNN the program, MODELS the networks; NAME/SETTING=VALUE
# is a network with a setting of its own.
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
[ ${#sets[@]} -gt 0 ] || sets=(sst2 trec6 thucnews r8)
read -r -a models <<<"${MODELS:-gated gated/ngrams=none gated-tutorial gated-multikernel kim zhang-small zhang-large vdcnn-9 vdcnn-17 vdcnn-29 vdcnn-49}"

root=$(cd "$(dirname "$0")/.." && pwd)
charcnn=${CHARCNN:-$root/.build/release/charcnn}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Training file and, where the source has one, development file.
files() {
  case $1 in
    thucnews | chnsenticorp | sst2) echo "train.tsv dev.tsv" ;;
    trec6) echo "train.txt" ;;
    r8 | imdb) echo "train.tsv" ;;
    *) echo "unknown set $1" >&2; exit 64 ;;
  esac
}

# Settings that let a network of fixed length read any text.
packed() {
  case $1 in
    zhang-*) echo "--set length=none --set alphabet=data" ;;
    vdcnn-*) echo "--set length=none" ;;
  esac
}

threads=()
[ -n "${THREADS:-}" ] && threads=(--threads "$THREADS")

field() { grep -oE "\"$1\" ?: ?[0-9.]+" "$2" | head -n 1 | grep -oE '[0-9.]+$'; }

echo "| set | network | accuracy | parameters | epochs | train | characters/s training | characters/s predicting |"
echo "|---|---|---|---|---|---|---|---|"
for set in "${sets[@]}"; do
  read -r train dev <<<"$(files "$set")"
  options=()
  [ -n "$dev" ] && options=(--validation "$data/$set/$dev")
  # Predicting is timed as a whole, starting and reading included, on the development texts or, where there are none, on
  # the training texts.
  timed=$data/$set/${dev:-$train}
  for model in "${models[@]}"; do
    own=()
    [ "$model" = "${model%%/*}" ] || own=(--set "${model#*/}")
    # shellcheck disable=SC2046
    "$charcnn" train "$data/$set/$train" "${options[@]}" --model "${model%%/*}" $(packed "$model") "${own[@]}" \
      --time-limit "${LIMIT:-90s}" --output "$work/model.charcnn" --overwrite --no-checkpoint --json --quiet \
      "${threads[@]}" "$@" >"$work/train.json"
    /usr/bin/time -f "%e" -o "$work/evaluate.time" \
      "$charcnn" evaluate "$work/model.charcnn" "$timed" --json --quiet "${threads[@]}" >/dev/null
    printf '| %s | %s | %.4f | %d | %d | %.0f s | %.0f | %.0f |\n' "$set" "$model" \
      "$(field accuracy "$work/train.json")" "$(field parameters "$work/train.json")" \
      "$(field epochs "$work/train.json")" "$(field seconds "$work/train.json")" \
      "$(field charactersPerSecond "$work/train.json")" "$(awk -v characters="$(wc -m <"$timed")" '{ print characters / $1 }' "$work/evaluate.time")"
  done
done
