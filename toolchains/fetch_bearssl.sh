#!/usr/bin/env bash
# Prints the folder of the BearSSL sources; fetches them first when they are not there.
# usage: fetch_bearssl.sh [CACHE_DIR]      (default: build/foreign below the repository)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=toolchains/debian_source.sh
. "$root/toolchains/debian_source.sh"

fetch_source "${1:-$root/build/foreign}" bearssl 0.6+dfsg.1-3 0.6+dfsg.1 bearssl_0.6+dfsg.1.orig.tar.xz \
    102a625bd8f6155260867a50c508df8d8c3f796985dd744df1a68e5cd1a79004
