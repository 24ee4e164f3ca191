# What nearly every file of ours includes, read once for each target that has enough files to gain by it. Nothing of
# ours is in here: a change in Tutti never makes everything new. The tree that clang-tidy reads goes without, so that
# an include that is missing does not stay hidden; and so does GCC, which warns of headers read so as if they were ours.
set(TUTTI_PRECOMPILED <algorithm> <array> <atomic> <chrono> <cmath> <cstddef> <cstdint> <functional> <map> <memory>
    <mutex> <optional> <set> <span> <string> <string_view> <thread> <tl/expected.hpp> <utility> <vector>)

function(tutti_precompile target)
  get_target_property(sources ${target} SOURCES)
  list(LENGTH sources files)
  if(TUTTI_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND files GREATER 5)
    target_precompile_headers(${target} PRIVATE ${TUTTI_PRECOMPILED} ${ARGN})
    # ccache cannot keep what holds the time of day
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()
