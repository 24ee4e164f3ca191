#!/bin/sh
# oneFollowsTheOther.sh FOLLOW-THE-TEMPO: two of them at once; the one that only listens has to see the other, and
# its tempo. Both live for three seconds, which a loaded machine may let pass between them: then once more.
for attempt in 1 2 3 4 5 6 7 8; do
  "$1" 128 >/dev/null &
  seen=$("$1") || exit 1
  wait $! || exit 1
  echo "attempt $attempt:" && echo "$seen"
  echo "$seen" | grep -q '^peers 1  128\.00 bpm  beat [0-9.]*  phase [0-3]\.' && exit 0
done
exit 1
