# What uses the builds: demo, bench, package.

demo_command() {
    [ $# -eq 0 ] || [ "$*" = --once ] || fail_usage "usage: ./dev demo [--once]"
    need_packages native
    need_node
    build_page && build_preset release || fail "the demo could not be built"
    exec node .ci/lib/demo/main.mjs --programs build/native --page web/dist "$@"
}

# demo_once: the demo as a test, on the programs that the tests run.
demo_once() {
    node .ci/lib/demo/main.mjs --programs build/dev/native --page web/dist --once --listen 127.0.0.1:0
}

# A measurement is a program bench/NAME.mjs or bench/NAME.sh that prints its figures, and fails when its work was
# not done.
bench_command() {
    [ $# -le 1 ] || fail_usage "usage: ./dev bench [NAME]"
    local programs program status=0
    mapfile -t programs < <(find bench -maxdepth 1 -type f | grep -E "/${1:-[^/]+}\.(mjs|sh)$" | sort)
    [ ${#programs[@]} -gt 0 ] || fail_usage "bench/ has no measurement${1:+ named $1} yet"
    need_packages native bench
    need_node
    build_preset release || fail "the programs to be measured could not be built"
    if grep -q 'needs: wasi, npm$' "${programs[@]}"; then
        build_preset wasi && need_modules bench || fail "what is to be compared could not be made ready"
    fi
    for program in "${programs[@]}"; do
        say "== $(basename "$program")"
        case $program in
            *.mjs) node "$program" || status=1 ;;
            *.sh) bash "$program" || status=1 ;;
        esac
    done
    return "$status"
}

package_command() {
    build_shipped || fail "what is to be packed could not be built"
    local version name stage
    version=$(sed -n 's/^project(tenon VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
    name=tenon-$version-linux-$(uname -m)
    stage=build/package/$name
    rm -rf build/package
    mkdir -p "$stage/bin" "$stage/web" "$stage/edge"
    install -s -m 755 build/native/tenon build/native/tenon-simulator "$stage/bin/"
    cp -R web/dist/. "$stage/web/"
    step pack-edge npm pack ./edge --pack-destination "$root/$stage/edge" ||
        fail "the edge package could not be packed"
    cp LICENSE README.md CHANGELOG.md "$stage/"
    tar -C build/package --sort=name --owner=0 --group=0 --numeric-owner -czf "build/package/$name.tar.gz" \
        "$name"
    rm -rf "$stage"
    say "build/package/$name.tar.gz"
}
