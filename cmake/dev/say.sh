# How ./dev speaks: on stderr, so that the stdout of what it starts stays clean.

say() { printf '%s\n' "$*" >&2; }

fail() # what is wrong, and the cure
{
  say "dev: $*"
  return 1
}

heading() { say "" && say "── $*"; }

elapsed() # seconds, as "1 min 13 s"
{
  if (($1 < 60)); then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# Runs a command until the deadline of those that have one, in seconds since ./dev began
inTime() # command...
{
  if [[ ! ${deadline:-} ]]; then
    "$@"
  elif ((SECONDS < deadline)); then
    timeout --kill-after=10 $((deadline - SECONDS)) "$@"
  else
    return 124
  fi
}

# Runs a command. In a terminal one watches it; elsewhere it fills build/log/NAME.log, shown when it fails.
logged() # name command...
{
  local log=build/log/$1.log status=0 pulse
  shift
  if [[ -t 2 ]]; then
    "$@" >&2
    return
  fi
  mkdir -p build/log
  : >"$log"
  heartbeat "$log" &
  pulse=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$pulse"
  wait "$pulse" 2>/dev/null
  if ((status != 0)) && [[ ! ${deadline:-} || SECONDS -lt ${deadline:-0} ]]; then
    grep -vE '^ *Start +[0-9]+: |^ *[0-9]+/[0-9]+ Test +#.* Passed ' "$log" | tail -n 150 >&2 # what went well is not news
    fail "that was the end of $log"
  fi
  return "$status"
}

# Says the newest line of a log every half minute while ./dev lives. It naps on a pipe of its own: no `sleep` stays behind.
heartbeat() # log
{
  local nap
  exec {nap}<> <(:)
  while ! read -rt 30 -u "$nap" && kill -0 $$ 2>/dev/null; do say "  … $(tail -qn 1 "$1" | cut -c -100)"; done
}
