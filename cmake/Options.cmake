option(TUTTI_APP "build the window and the command line" ON)
option(TUTTI_TESTS "build the unit tests" ON)
option(TUTTI_BENCH "build the benchmarks" OFF)
option(TUTTI_FUZZ "build the fuzz targets (Clang)" OFF)
option(TUTTI_PRECOMPILE "read the headers of others once for each part" ON)
set(TUTTI_SANITIZE "" CACHE STRING "address | thread | realtime, or nothing")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_compile_options(-ffp-contract=off) # Link rounds every step; fused multiply-add would round differently
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
