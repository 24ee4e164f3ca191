# Waiting or allocating on the audio thread, while compiling and while running: the parts below app.
include(${CMAKE_CURRENT_LIST_DIR}/clang.cmake)
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1" CACHE STRING "")
set(TUTTI_SANITIZE realtime CACHE STRING "")
set(TUTTI_APP OFF CACHE BOOL "")
