#!/bin/sh
# oneHearsTheOther.sh SHARE-A-TONE: two of them at once; the one that listens has to hear the other's tone. Both live for
# four seconds, which a loaded machine may let pass between them: then once more.
for attempt in 1 2 3 4 5 6 7 8; do
  "$1" >/dev/null &
  heard=$("$1" Player) || exit 1
  wait $! || exit 1
  echo "attempt $attempt: $heard"
  [ "$heard" = "heard Player: peak 0.5" ] && exit 0
done
exit 1
