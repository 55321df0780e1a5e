# What the fetch scripts share: a Debian source package's archive, pinned by version and checksum, unpacked into a cache.
# The apt lists and sources used are our own, below the cache: the machine's configuration is neither needed nor changed.
# Once unpacked, nothing is fetched or asked again.

# source_mirror: the first Debian entry that this machine has; mirror and keys are the machine's.
source_mirror() {
    sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:\/\/[^ ]+\/debian\/?)( .*)?$/\3/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -1
}

# download_source WORK_DIR PACKAGE PACKAGE_VERSION: leaves the package's archives in WORK_DIR.
download_source() {
    local work=$1 package=$2 version=$3 mirror
    mirror=$(source_mirror) || true
    if [[ -z $mirror ]]; then
        echo "fetch_$package: no Debian mirror among this machine's apt sources" >&2
        return 1
    fi
    mkdir -p "$work/parts" "$work/lists/partial" "$work/archives/partial"
    cat >"$work/parts/tenon.sources" <<SOURCES
Types: deb-src
URIs: $mirror
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
    local options=(-q -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$work/parts"
        -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work" -o APT::Sandbox::User=root)
    (
        cd "$work"
        apt-get "${options[@]}" update
        apt-get "${options[@]}" source --download-only --tar-only "$package=$version"
    ) >&2
}

# fetch_source CACHE_DIR PACKAGE PACKAGE_VERSION UPSTREAM_VERSION ARCHIVE SHA256: prints the folder of the sources.
fetch_source() {
    local cache=$1 package=$2 version=$3 upstream=$4 archive=$5 sha256=$6
    local target=$cache/$package-$upstream
    if [[ -f $target/.complete ]]; then
        echo "$target"
        return
    fi
    mkdir -p "$cache"
    exec 9>"$cache/.$package.lock"  # two builds that configure at once fetch once
    flock 9
    if [[ ! -f $target/.complete ]]; then
        local work
        work=$(mktemp -d "$cache/.$package.XXXXXX")
        # shellcheck disable=SC2064  # the folder of now is meant
        trap "rm -rf '$work'" EXIT
        if [[ ! -f $cache/$archive ]]; then
            download_source "$work" "$package" "$version"
            mv "$work/$archive" "$cache/$archive"
        fi
        if ! echo "$sha256  $cache/$archive" | sha256sum --check --status; then
            rm -f "$cache/$archive"
            echo "fetch_$package: $archive has another checksum than the pinned one; removed" >&2
            return 1
        fi
        mkdir "$work/unpacked"
        tar -C "$work/unpacked" --strip-components=1 -xf "$cache/$archive"
        rm -rf "$target"
        touch "$work/unpacked/.complete"
        mv "$work/unpacked" "$target"
    fi
    echo "$target"
}
