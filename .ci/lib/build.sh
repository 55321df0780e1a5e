# Builds: CMake presets, the page, and the programs' place at build/native.
need_build_tools() {
    case $1 in
        wasi | web) need_packages native wasm && need_node ;;
        fuzz) need_packages native fuzz ;;
        *) need_packages native ;;
    esac
}

# fetch_sources: foreign sources of the WebAssembly builds: pinned Debian source packages, unpacked below build/.
fetch_sources() {
    local script
    for script in toolchains/fetch_*.sh; do
        [ -f "$script" ] || continue
        step "$(basename "$script" .sh)" bash "$script" || return 1
    done
}

configure_preset() { cmake --preset "$1"; }

# build_preset PRESET: configures and builds everything of that preset.
build_preset() {
    local preset=$1
    need_build_tools "$preset"
    case $preset in wasi | web) fetch_sources || return 1 ;; esac
    step "configure-$preset" configure_preset "$preset" || return 1
    step "build-$preset" cmake --build "build/$preset" -j "$(nproc)" || return 1
    [ "$preset" != release ] || publish_programs
}

# publish_programs: build/native is where everybody finds the programs, whatever preset built them.
publish_programs() {
    ln -sfn release/native build/native
    local program
    for program in tenon tenon-simulator; do
        [ -x "build/native/$program" ] || { warn "build/native/$program was not built"; return 1; }
    done
}

# build_page: web/dist, with the page's core in it.
build_page() {
    need_node
    build_preset web || return 1
    need_modules web || return 1
    step page npm run build --prefix web
}

# build_shipped: the page comes before the server, which has it built in.
build_shipped() {
    local part status=0
    for part in page release wasi; do
        build_part "$part" || status=1
    done
    return "$status"
}

build_part() {
    case $1 in
        page) build_page ;;
        browser) need_packages browser ;;
        *) build_preset "$1" ;;
    esac
}

build_command() {
    [ $# -le 1 ] || fail_usage "usage: ./dev build [PRESET]"
    case ${1:-shipped} in
        shipped) build_shipped || fail "the build failed" ;;
        fuzz) need_build_tools fuzz && build_targets fuzz tenon_fuzzers || fail "the build of fuzz failed" ;;
        dev | tsan | release | wasi | web | page) build_part "$1" || fail "the build of $1 failed" ;;
        *) fail_usage "there is no preset $1; ./dev --help lists them" ;;
    esac
}
