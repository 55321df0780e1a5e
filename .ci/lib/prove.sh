# Longer proofs, not part of ./dev test: fuzzing, races, coverage, mutation, foreign suites.

# build_targets PRESET TARGET…: configures the preset and builds only these.
build_targets() {
    local preset=$1
    shift
    step "configure-$preset" configure_preset "$preset" &&
        step "build-$preset" cmake --build "build/$preset" -j "$(nproc)" --target "$@"
}

fuzz_command() {
    local target="" seconds=60 word
    [ $# -le 2 ] || fail_usage "usage: ./dev fuzz [TARGET] [SECONDS]"
    for word in "$@"; do
        case $word in
            *[!0-9]*) target=$word ;;
            *) seconds=$word ;;
        esac
    done
    need_packages native fuzz
    need_node
    build_targets fuzz tenon_fuzzers || fail "the fuzz targets could not be built"
    node .ci/lib/fuzz.mjs "$seconds" ${target:+"$target"}
}

# The modules in which threads meet: test program and its folder below tests/native.
declare -A tsan_programs=([store_sqlite_test]=store [jobs_test]=jobs [http_test]=http [net_test]=net)

tsan_command() {
    need_packages native
    build_targets tsan "${!tsan_programs[@]}" || fail "the tests could not be built with ThreadSanitizer"
    local program status=0
    # die_after_fork: the crash test's child has threads of its own, and the test kills it.
    export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1 die_after_fork=0"
    for program in "${!tsan_programs[@]}"; do
        step "tsan-$program" timeout 900 ctest --test-dir "build/tsan/tests/native/${tsan_programs[$program]}" \
            --output-on-failure --no-tests=error || status=1
        say "$program: $(grep -E 'tests (passed|failed)' "$log_folder/tsan-$program.log" || echo "did not end")"
    done
    return "$status"
}

# conformance: the foreign suites are not part of this tree: TENON_CONFORMANCE_DIR, else the folder beside the clone.
conformance_command() {
    need_node
    build_preset release && build_preset wasi && build_preset web ||
        fail "the programs to be examined could not be built"
    node tests/conformance/main.mjs "${TENON_CONFORMANCE_DIR:-../shared/data}"
}

coverage_command() {
    need_packages native
    build_targets coverage tenon_core_tests || fail "the tests could not be built with counters"
    python3 .ci/coverage.py build/coverage "$@"
}

mutation_command() {
    need_packages native
    build_targets coverage tenon_core_tests || fail "the tests to judge mutants could not be built"
    python3 .ci/mutate.py build/mutation "$@"
}
