# Debian packages, by what they are needed for. One query finds what is missing; nothing missing means no apt.
declare -A packages=(
    [native]="g++ cmake ninja-build ccache mold pkg-config python3 ca-certificates tzdata libboost1.81-dev
        libboost-url1.81-dev libssl-dev libsqlite3-dev libexpected-dev libspdlog-dev libfmt-dev libcli11-dev
        prometheus-cpp-dev nlohmann-json3-dev libgtest-dev libgmock-dev libre2-dev zlib1g-dev"
    [wasm]="clang-19 lld-19 llvm-19 wasi-libc libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32 emscripten binaryen wabt
        dpkg-dev"
    [fuzz]="clang-19 libclang-rt-19-dev"
    [lint]="clang-format-19 clang-tidy-19 cppcheck git"
    [browser]="chromium"
    [bench]="wrk sqlite3"
    [node]="nodejs npm"
)

missing_packages() {
    local known
    # dpkg-query answers 1 when it does not know one of the names; what it prints of the others is right.
    known=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || :)
    local name
    for name in "$@"; do
        grep -qxF "$name installed" <<<"$known" || printf '%s\n' "$name"
    done
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    local options=(-q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
    apt-get "${options[@]}" update &&
        apt-get "${options[@]}" -o Dpkg::Options::=--force-unsafe-io install -y --no-install-recommends "$@"
}

# need_packages GROUP…: installs what is missing of these groups.
need_packages() {
    local wanted=() missing group
    for group in "$@"; do
        # shellcheck disable=SC2206  # a list of words is wanted
        wanted+=(${packages[$group]})
    done
    command -v dpkg-query >/dev/null || fail "this is not Debian: needed are ${wanted[*]}"
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || fail "missing packages, to be installed by root: apt-get install ${missing[*]}"
    say "installing ${#missing[@]} Debian packages"
    step apt install_packages "${missing[@]}" || fail "packages could not be installed: ${missing[*]}"
}
