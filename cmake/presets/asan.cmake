# Memory and undefined behaviour, and the hunt for hostile bytes: the parts below app.
include(${CMAKE_CURRENT_LIST_DIR}/clang.cmake)
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1" CACHE STRING "")
set(TUTTI_SANITIZE address CACHE STRING "")
set(TUTTI_APP OFF CACHE BOOL "")
set(TUTTI_FUZZ ON CACHE BOOL "")
