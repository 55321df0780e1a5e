#!/usr/bin/env bash
# Prints the folder of the libsodium sources (Ed25519 for WebAssembly); fetches them first when they are not there.
# usage: fetch_libsodium.sh [CACHE_DIR]      (default: build/foreign below the repository)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=toolchains/debian_source.sh
. "$root/toolchains/debian_source.sh"

fetch_source "${1:-$root/build/foreign}" libsodium 1.0.18-1+deb12u1 1.0.18 libsodium_1.0.18.orig.tar.gz \
    d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4
