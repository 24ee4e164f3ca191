# The stages of ./dev test. Each says its result in `outcome`; the first that fails ends the run.

kStages=(format lint gcc rtsan asan fuzz tsan)
kFuzzSeconds=10
kUnitSeconds=120 kEndToEndSeconds=300 # per test, where it does not say otherwise

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-second_deadlock_stack=1:halt_on_error=1}
export RTSAN_OPTIONS=${RTSAN_OPTIONS:-halt_on_error=1}

outcome='' summary=()
passed=0 failed=0 skipped=0

stage() # name
{
  local start=$SECONDS status=0 before=$failed
  heading "$1: $(shows "$1")"
  outcome=
  "stage_$1" || status=$?
  ((status == 0 || failed > before)) || failed=$((failed + 1)) # what fails without a test counts as one
  ((status == 0)) || outcome="FAILED${outcome:+ ($outcome)}"
  summary+=("$(printf '%-8s %-13s %s' "$1" "$(elapsed $((SECONDS - start)))" "$outcome")")
  say "   ${summary[-1]}"
  return "$status"
}

shows() # stage
{
  case $1 in
    format) echo "the look of the code" ;;
    lint) echo "what changed, read by clang-tidy" ;;
    gcc) echo "everything, warnings as errors, all tests" ;;
    rtsan) echo "realtime functions never wait, allocate or lock" ;;
    asan) echo "memory and undefined behaviour" ;;
    tsan) echo "threads" ;;
    fuzz) echo "hostile bytes, for each parser" ;;
  esac
}

stage_format()
{
  scriptsParse || return
  outcome="skipped: clang-format-22 decides, and it is not here"
  command -v clang-format-22 >/dev/null || return 0
  outcome="$(code | wc -l) files"
  isFormatted || fail "./dev format puts that right"
}

stage_lint()
{
  outcome="skipped: clang-tidy-22 decides, and it is not here"
  command -v clang-tidy-22 >/dev/null || return 0
  lint
}

stage_gcc()
{
  build release || return
  if [[ $fast ]]; then
    tests release "$kUnitSeconds" -L '^unit$' -j "$(atOnce)"
  else
    toldAgain 2 "$kUnitSeconds" -LE '^(e2e|soak)$' -j "$(atOnce)" && toldAgain 3 "$kEndToEndSeconds" -L '^e2e$' -j "$(atOnce)"
  fi
}

# Windows and stories live in real time, on machines that others use as well: each may be told again, stories twice, and
# the outcome says so. What is wrong in Tutti fails each time; what sanitizers find counts at once.
toldAgain() # tellings seconds-per-test ctest-options...
{
  local log=build/log/release-tests.log tellings=$1 seconds=$2 status=0 again
  shift 2
  rm -f "$log"
  tests release "$seconds" "$@" --repeat "until-pass:$tellings" || status=$?
  again=$(grep -cs ' Test *#[0-9]*: .*\*\*\*' "$log")
  ((status != 0 || ${again:-0} == 0)) || outcome+=", $again tellings before that failed"
  return "$status"
}

stage_rtsan() { sanitized rtsan; }
stage_asan() { sanitized asan; }
stage_tsan() { sanitized tsan; }

sanitized() # preset
{
  local deadline=$end
  outcome="skipped: no clang from 20 on here"
  hasClang || return 0
  outcome=
  { build "$1" && tests "$1" "$kUnitSeconds" -L '^unit$' -j "$(atOnce)"; } || isOver
}

# A machine that is slow, and others wait for it: what had no time any more did not fail
isOver()
{
  [[ $deadline ]] && ((SECONDS >= deadline && failed == 0)) || return
  outcome="LEFT OUT, the time was over${outcome:+ ($outcome)}"
}

stage_fuzz()
{
  outcome="skipped: no clang from 20 on here"
  hasClang || return 0
  local deadline=$end targets seconds=$kFuzzSeconds
  outcome=
  build asan || isOver || return
  [[ ! $outcome ]] || return 0
  targets=$(fuzzTargets | wc -l)
  ((targets > 0)) || return
  if [[ $deadline ]]; then
    local share=$(((deadline - SECONDS) * $(atOnce) / targets))
    seconds=$((share < 1 ? 1 : share < seconds ? share : seconds))
  fi
  outcome="$targets targets, $seconds s each"
  fuzzTargets | fuzzEach "$seconds"
}

# A test that needs a network of its own says so and passes where there is none to be had: here there is, so it fails
requireNamespaces() { if unshare -n ip link set lo up; then export TUTTI_NAMESPACES=${TUTTI_NAMESPACES:-required}; fi 2>/dev/null; }

tests() # preset seconds-per-test ctest-options...
{
  local preset=$1 seconds=$2 report=$PWD/build/log/$1-tests.xml status=0
  shift 2
  mkdir -p build/log
  rm -f "$report"
  requireNamespaces
  logged "$preset-tests" inTime ctest --test-dir "build/$preset" --no-tests=error --output-on-failure --timeout "$seconds" \
    --output-junit "$report" "$@" || status=$?
  tally "$report"
  return "$status"
}

tally() # junit report
{
  local all bad off
  all=$(counted tests "$1") bad=$(counted failures "$1") off=$(($(counted skipped "$1") + $(counted disabled "$1")))
  passed=$((passed + all - bad - off)) failed=$((failed + bad)) skipped=$((skipped + off))
  outcome+="${outcome:+; }$((all - bad - off)) passed"
  ((bad == 0)) || outcome+=", $bad failed"
  ((off == 0)) || outcome+=", $off skipped"
}

counted() # attribute junit-report
{
  local number
  number=$(grep -osm 1 "\b$1=\"[0-9]*\"" "$2" | tr -dc 0-9)
  echo "${number:-0}"
}

# Programs that meet on a bus or a socket want a folder of their own; a bare system has none
runtimeFolder=''
haveRuntimeFolder()
{
  [[ ! ${XDG_RUNTIME_DIR:-} ]] || return 0
  runtimeFolder=$(mktemp -d) # for us alone, as the XDG base directories ask
  export XDG_RUNTIME_DIR=$runtimeFolder
}

dropRuntimeFolder() { [[ ! $runtimeFolder ]] || rm -rf "$runtimeFolder"; }

# The line that a machine reads comes last
closeBooks()
{
  local status=$?
  dropRuntimeFolder
  ((status == 0 || failed > 0)) || failed=1
  heading "summary"
  ((${#summary[@]} == 0)) || printf '   %s\n' "${summary[@]}" >&2
  ((skipped == 0)) || say "   $skipped tests were skipped; each says why in build/log"
  echo "$passed passed, $failed failed"
}
