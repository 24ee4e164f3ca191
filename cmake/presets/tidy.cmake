# A compile database for clang-tidy; nothing is built from it but generated headers.
include(${CMAKE_CURRENT_LIST_DIR}/clang.cmake)
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS_DEBUG "-O1" CACHE STRING "")
set(TUTTI_PRECOMPILE OFF CACHE BOOL "")
