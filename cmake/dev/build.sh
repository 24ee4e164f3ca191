# Build trees: build/PRESET, configured from cmake/presets/PRESET.cmake, compiled by ninja through ccache.

export CCACHE_DIR=${CCACHE_DIR:-${HOME:+$HOME/.cache/ccache}}
[[ $CCACHE_DIR ]] || export CCACHE_DIR=$PWD/.cache/ccache
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G} CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_COMPRESS=1
export CCACHE_SLOPPINESS=pch_defines,time_macros # what ccache asks for before it stores precompiled headers
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache

# One job per core, and a gigabyte for each: a small board with many cores must not swap
atOnce()
{
  local gigabytes
  gigabytes=$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
  printf '%s\n' "$(nproc)" "$((gigabytes > 0 ? gigabytes : 1))" | sort -n | head -n 1
}

hasClang() { command -v "clang++-$(clangVersion)" >/dev/null; }

configure() # preset
{
  local preset=cmake/presets/$1.cmake tree=build/$1
  [[ -f $preset ]] || fail "there is no preset '$1'; there are: $(presets)" || return
  [[ -f $tree/build.ninja && ! $preset -nt $tree/build.ninja ]] && return
  logged "$1-configure" cmake --fresh -C "$preset" -S . -B "$tree" -G Ninja
}

presets() { basename -s .cmake cmake/presets/*.cmake | xargs; }

# A compiler that was interrupted may leave an object of which ninja knows no source: it would never be built again
forgetOrphans() # preset
{
  (cd "build/$1" && ninja -t deps 2>/dev/null | awk -F: '/#deps 0,/ { print $1 }' | xargs -r rm -f --)
}

build() # preset targets...
{
  local preset=$1
  shift
  configure "$preset" && forgetOrphans "$preset" && logged "$preset-build" inTime ninja -C "build/$preset" -j "$(atOnce)" "$@"
}
