# What people run: GCC, optimised, the tests built the same way. Leaves bin/tutti.
set(CMAKE_CXX_COMPILER g++ CACHE STRING "")
set(CMAKE_C_COMPILER gcc CACHE STRING "")
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-O2" CACHE STRING "") # asserts stay: a broken invariant stops near its cause
set(TUTTI_BENCH ON CACHE BOOL "")
