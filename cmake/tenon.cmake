# What every target of this project has in common. Targets only: no global flags, no globbing.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)

option(TENON_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(TENON_TESTS "The test programs" ON)
option(TENON_TSAN "ThreadSanitizer" OFF)
option(TENON_FUZZ "libFuzzer with AddressSanitizer and UndefinedBehaviorSanitizer (clang)" OFF)
option(TENON_COVERAGE "Count executed lines (gcov)" OFF)

add_library(tenon_warnings INTERFACE)
target_compile_options(tenon_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)

add_library(tenon_sanitizers INTERFACE)
if(TENON_SANITIZE)
    target_compile_options(tenon_sanitizers INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-sanitize=vptr
                                                      -fno-omit-frame-pointer)
    target_link_options(tenon_sanitizers INTERFACE -fsanitize=address,undefined)
elseif(TENON_TSAN)
    target_compile_options(tenon_sanitizers INTERFACE -fsanitize=thread -Wno-tsan)
    target_link_options(tenon_sanitizers INTERFACE -fsanitize=thread)
elseif(TENON_FUZZ)
    target_compile_options(tenon_sanitizers INTERFACE -fsanitize=fuzzer-no-link,address,undefined
                                                      -fno-sanitize-recover=all -fno-sanitize=vptr,function
                                                      -fno-omit-frame-pointer)
    # Of libstdc++ 12 itself: its stable_sort uses what C++17 deprecated.
    target_compile_options(tenon_sanitizers INTERFACE -Wno-deprecated-declarations)
    target_link_options(tenon_sanitizers INTERFACE -fsanitize=address,undefined)
elseif(TENON_COVERAGE)
    target_compile_options(tenon_sanitizers INTERFACE --coverage -fprofile-update=atomic)
    target_link_options(tenon_sanitizers INTERFACE --coverage)
endif()

# tenon_module(NAME SOURCES a.cpp… LINKS x y…): one module of core or native, a static library whose LINKS are the
# arrows of docs/architecture.md (checked a second time by .ci/layers.py).
function(tenon_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS} tenon_warnings)
    target_link_libraries(${name} PUBLIC tenon_sanitizers)
endfunction()

# tenon_test(NAME SOURCES a_test.cpp… LINKS x y…): one GoogleTest program, every TEST of it registered with CTest.
function(tenon_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINKS;ENVIRONMENT" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINKS} GTest::gtest GTest::gtest_main tenon_warnings tenon_sanitizers)
    if(TENON_SANITIZE)  # the programs under test are checked for undefined behaviour; test code too takes a third longer
        set_source_files_properties(${arg_SOURCES} PROPERTIES COMPILE_OPTIONS -fno-sanitize=undefined)
    endif()
    target_compile_definitions(${name} PRIVATE TENON_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()

# tenon_program(NAME SOURCES main.cpp… LINKS x y…): an executable that people start, in native/ of the build folder, where
# ./dev, the tests (build/dev/native) and the release (build/native) look for it.
function(tenon_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINKS} tenon_warnings tenon_sanitizers)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/native)
endfunction()
