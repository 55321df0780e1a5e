# The lint gates. Each is one command that prints what is wrong and fails; each counts as one test.
# The last two read the compile commands and generated headers of the dev build.
gates_fast=(format layers sizes registered forbidden locks)
gates_slow=(clang-tidy cppcheck)

c_patterns=('*.cpp' '*.hpp' '*.h' '*.cc' '*.c')

gate_format() { tree_files "${c_patterns[@]}" | xargs -0 -r clang-format-19 --dry-run -Werror; }
gate_layers() { python3 .ci/layers.py; }
gate_sizes() { python3 .ci/sizes; }
gate_registered() { python3 .ci/registered.py; }
gate_forbidden() { python3 .ci/forbidden.py; }
gate_locks() { python3 .ci/locks.py; }
gate_clang-tidy() { python3 .ci/analyse.py clang-tidy; }
gate_cppcheck() { python3 .ci/analyse.py cppcheck; }

# tree_files PATTERN…: the files of the working tree that git would keep, NUL-terminated.
tree_files() {
    git ls-files -z --cached --others --exclude-standard -- "$@" |
        while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done
}

# run_gates NAME…: runs them all; sets gates_passed and gates_failed.
run_gates() {
    gates_passed=0 gates_failed=0
    local gate
    for gate in "$@"; do
        if step "lint-$gate" "gate_$gate"; then
            gates_passed=$((gates_passed + 1))
        else
            gates_failed=$((gates_failed + 1))
        fi
    done
}

lint_command() {
    need_packages native lint
    local gates=("${gates_fast[@]}")
    case ${1:-} in
        --fast) ;;
        "")
            build_preset dev || fail "the analysers need the dev build; ./dev lint --fast does without"
            gates+=("${gates_slow[@]}")
            ;;
        *) fail_usage "usage: ./dev lint [--fast]" ;;
    esac
    run_gates "${gates[@]}"
    [ "$gates_failed" -eq 0 ] || fail "$gates_failed of ${#gates[@]} gates failed"
    say "lint: ${#gates[@]} gates passed"
}

format_sources() {
    need_packages lint
    tree_files "${c_patterns[@]}" | xargs -0 -r clang-format-19 -i
    need_node
    node .ci/pages.mjs
}
