# Fuzzing: each build/asan/bin/fuzz_NAME, on its committed corpus plus what this machine found before.

fuzzTargets() { find build/asan/bin -name 'fuzz_*' -type f -executable 2>/dev/null | sed 's|.*/fuzz_||' | sort; }

fuzzOne() # seconds name
{
  local name=$2 log=build/log/fuzz-$2.log corpora=("build/fuzz/corpus/$2")
  mkdir -p build/log build/fuzz/findings "${corpora[0]}"
  [[ ! -d tests/fuzz/corpus/$name ]] || corpora+=("tests/fuzz/corpus/$name") # the first takes what is new, this is only read
  if "build/asan/bin/fuzz_$name" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/findings/$name-" "${corpora[@]}" >"$log" 2>&1; then
    say "   $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs, no finding"
  else
    tail -n 60 "$log" >&2
    fail "$name has a finding, its bytes are in build/fuzz/findings: run build/asan/bin/fuzz_$name on them"
  fi
}

fuzzEach() # seconds, names on stdin
{
  export -f fuzzOne say fail
  xargs -r -P "$(atOnce)" -I '{}' bash -c 'fuzzOne "$@"' fuzz "$1" '{}'
}

# ./dev fuzz [target...] [--seconds N]
fuzz()
{
  local seconds=900 names=() name
  while (($# > 0)); do
    case $1 in
      --seconds)
        seconds=${2:-}
        [[ $seconds =~ ^[0-9]+$ ]] || fail "--seconds wants a whole number" || return 2
        shift
        ;;
      -*) wrongUsage || return ;;
      *) names+=("${1#fuzz_}") ;;
    esac
    shift
  done
  build asan || return
  for name in "${names[@]}"; do
    fuzzTargets | grep -qx "$name" || fail "there is no fuzz target '$name'; there are: $(fuzzTargets | xargs)" || return
  done
  ((${#names[@]} > 0)) || mapfile -t names < <(fuzzTargets)
  say "Fuzzing ${names[*]}: $(elapsed "$seconds") each, $(atOnce) at once; progress in build/log/fuzz-NAME.log"
  printf '%s\n' "${names[@]}" | fuzzEach "$seconds"
}
