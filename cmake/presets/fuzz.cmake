# libFuzzer with address and undefined-behaviour checks.
include(${CMAKE_CURRENT_LIST_DIR}/clang.cmake)
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1" CACHE STRING "")
set(TUTTI_SANITIZE fuzzer CACHE STRING "")
set(TUTTI_APP OFF CACHE BOOL "")
set(TUTTI_TESTS OFF CACHE BOOL "")
set(TUTTI_FUZZ ON CACHE BOOL "")
