# ./dev test: lint, builds and every suite of .ci/suites; the counts come from machine-readable results.
# A suite that is missing, empty or cut short counts as one failure, so nothing can go quiet.
results_folder=build/test
passed=0
failed=0
declare -A built=()

count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
}

# ensure_built PART: builds PART once in this run; a failed build is one failed test.
ensure_built() {
    local part=$1
    if [ -z "${built[$part]:-}" ]; then
        if build_part "$part"; then
            built[$part]=yes
        else
            built[$part]=no
            count 0 1
        fi
    fi
    [ "${built[$part]}" = yes ]
}

# count_results SUITE STATUS FILE FILTER: adds what FILE (JUnit) says; the runner's STATUS must agree with it. Only
# with a FILTER may a suite have no test; that some suite has one is seen to in the end.
count_results() {
    local suite=$1 status=$2 file=$3 filter=$4 good bad
    read -r good bad < <(python3 .ci/lib/junit.py "$file")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        warn "$suite: the runner failed (exit $status): see build/log/test-$suite.log"
        tail -n 30 "$log_folder/test-$suite.log" >&2
    fi
    if [ $((good + bad)) -eq 0 ]; then
        [ -z "$filter" ] || return 0
        bad=1
        warn "$suite: no test ran"
    fi
    say "$suite: $good passed, $bad failed"
    count "$good" "$bad"
}

# in_log SUITE COMMAND…: COMMAND with its output in the suite's log; answers with its status.
in_log() {
    local log=$log_folder/test-$1.log
    shift
    "$@" >"$log" 2>&1 </dev/null
}

run_ctest() {
    local suite=$1 folder=$2 filter=$3 status=0 results=$root/$results_folder/$1.xml
    # One more than there are cores: some tests only wait.
    local options=(--test-dir "$folder" -j "$(($(nproc) + 1))" --output-on-failure --no-tests=error
        --output-junit "$results")
    [ -z "$filter" ] || options+=(-R "$filter" --no-tests=ignore)
    in_log "$suite" ctest "${options[@]}" || status=$?
    count_results "$suite" "$status" "$results" "$filter"
}

# test_files FOLDER FILTER: the test files below FOLDER whose path contains FILTER.
test_files() {
    [ ! -d "$1" ] || find "$1" -name node_modules -prune -o -name '*.test.mjs' -print | sort | grep -F -- "$2"
}

run_node() {
    local suite=$1 folder=$2 filter=$3 status=0 results=$results_folder/$1.xml files
    mapfile -t files < <(test_files "$folder" "$filter")
    if [ ${#files[@]} -gt 0 ]; then
        need_node
        need_modules "$folder" && need_modules tests || { count 0 1; return; }
        in_log "$suite" timeout 900 node --test --test-concurrency="$(nproc)" \
            --test-reporter=spec --test-reporter-destination=stdout \
            --test-reporter=junit --test-reporter-destination="$results" "${files[@]}" || status=$?
    fi
    count_results "$suite" "$status" "$results" "$filter"
}

run_function() {
    local suite=$1 function=$2
    if step "test-$suite" "$function"; then
        say "$suite: 1 passed, 0 failed"
        count 1 0
    else
        count 0 1
    fi
}

# run_suite NAME KIND WHERE NEEDS FILTER
run_suite() {
    local name=$1 kind=$2 where=$3 needs=$4 filter=$5 part
    for part in ${needs//,/ }; do
        if [ "$part" != - ] && ! ensure_built "$part"; then
            warn "$name: not run, because $part was not built"
            count 0 1
            return
        fi
    done
    case $kind in
        ctest) run_ctest "$name" "$where" "$filter" ;;
        node) run_node "$name" "$where" "$filter" ;;
        run) run_function "$name" "$where" ;;
        *) fail "unknown kind of suite: $kind" ;;
    esac
}

# suite_matches NAME KIND WHERE FILTER: whether anything of the suite is meant by FILTER.
suite_matches() {
    case $2 in
        ctest) ! suite_named "$4" ;;
        node) [ -n "$(test_files "$3" "$4")" ] ;;
        *) false ;;
    esac
}

suites() { grep -vE '^(#|$)' .ci/suites; }
suite_named() { suites | grep -qE "^$1 "; }

test_everything() {
    run_gates "${gates_fast[@]}"
    count "$gates_passed" "$gates_failed"
    if ensure_built dev; then
        run_gates "${gates_slow[@]}"
        count "$gates_passed" "$gates_failed"
    else
        count 0 ${#gates_slow[@]}
    fi
    local name kind where needs
    while read -r name kind where needs <&3; do
        run_suite "$name" "$kind" "$where" "$needs" ""
    done 3< <(suites)
}

test_matching() {
    local filter=$1 name kind where needs
    while read -r name kind where needs <&3; do
        if [ "$name" = "$filter" ]; then
            run_suite "$name" "$kind" "$where" "$needs" ""
        elif suite_matches "$name" "$kind" "$where" "$filter"; then
            run_suite "$name" "$kind" "$where" "$needs" "$filter"
        fi
    done 3< <(suites)
}

test_command() {
    [ $# -le 1 ] || fail_usage "usage: ./dev test [NAME]"
    [ "${1:-}" != tsan ] || { tsan_command; return; }
    rm -rf "$results_folder"
    mkdir -p "$results_folder" "$log_folder"
    export TENON_PROGRAMS=$root/build/dev/native
    export TENON_BIN=$TENON_PROGRAMS/tenon TENON_SIMULATOR=$TENON_PROGRAMS/tenon-simulator
    need_packages native lint
    if [ $# -eq 0 ]; then
        need_packages native lint wasm browser
        need_node
        test_everything
    else
        test_matching "$1"
    fi
    [ $((passed + failed)) -gt 0 ] || count 0 1
    say "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
