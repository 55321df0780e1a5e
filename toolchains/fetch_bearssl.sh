#!/usr/bin/env bash
# Prints the folder of the BearSSL sources; fetches them first when they are not there.
# usage: fetch_bearssl.sh [CACHE_DIR]      (default: build/foreign below the repository)
# Debian's source package, pinned by version and checksum. The apt lists and sources used are our own, below CACHE_DIR:
# the machine's configuration is neither needed nor changed. Once unpacked, nothing is fetched or asked again.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cache=${1:-$root/build/foreign}
version=0.6+dfsg.1
archive=bearssl_$version.orig.tar.xz
sha256=102a625bd8f6155260867a50c508df8d8c3f796985dd744df1a68e5cd1a79004
target=$cache/bearssl-$version

if [[ -f $target/.complete ]]; then
    echo "$target"
    exit 0
fi

mkdir -p "$cache"
exec 9>"$cache/.bearssl.lock"  # two builds that configure at once fetch once
flock 9
if [[ ! -f $target/.complete ]]; then
    work=$(mktemp -d "$cache/.bearssl.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    if [[ ! -f $cache/$archive ]]; then
        mkdir -p "$work/parts" "$work/lists/partial" "$work/archives/partial"
        # Mirror and keys are the machine's: the first Debian entry it has, as a source entry of ours.
        mirror=$(sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:\/\/[^ ]+\/debian\/?)( .*)?$/\3/p' \
            /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -1) || true
        if [[ -z $mirror ]]; then
            echo "fetch_bearssl: no Debian mirror among this machine's apt sources" >&2
            exit 1
        fi
        cat >"$work/parts/tenon.sources" <<SOURCES
Types: deb-src
URIs: $mirror
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
        options=(-q -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$work/parts"
            -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work" -o APT::Sandbox::User=root)
        (
            cd "$work"
            apt-get "${options[@]}" update
            apt-get "${options[@]}" source --download-only --tar-only "bearssl=$version-3"
        ) >&2
        mv "$work/$archive" "$cache/$archive"
    fi
    if ! echo "$sha256  $cache/$archive" | sha256sum --check --status; then
        rm -f "$cache/$archive"
        echo "fetch_bearssl: $archive has another checksum than the pinned one; removed" >&2
        exit 1
    fi
    mkdir "$work/unpacked"
    tar -C "$work/unpacked" --strip-components=1 -xf "$cache/$archive"
    rm -rf "$target"
    touch "$work/unpacked/.complete"
    mv "$work/unpacked" "$target"
fi
echo "$target"
