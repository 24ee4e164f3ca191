#!/bin/sh
# build.sh CMAKE BUILD SOURCE: installs the module library of that build tree into a folder of its own, and builds a program
# with nothing but that.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" --install "$2" --component ModuleSocket --prefix "$folder/installed" >/dev/null
"$1" -S "$3" -B "$folder/build" -DCMAKE_PREFIX_PATH="$folder/installed" -DCMAKE_BUILD_TYPE=Release >/dev/null
"$1" --build "$folder/build"
# Without a Tutti it says so, and ends.
TUTTI_MODULE_SOCKET="$folder/nobody" "$folder/build/toneModule" 2>&1 | grep -q "Cannot reach"
echo "built and run"
