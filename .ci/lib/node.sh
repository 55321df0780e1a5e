# Node 20 and npm modules. Debian 12 has Node 18: it only serves to install the pinned Node outside the tree.
node_version=20.20.2
tools_folder=${TENON_TOOLS:-${HOME:-/var/cache}/.cache/tenon}

node_is_new() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ]
}

need_node() {
    ! node_is_new || return 0
    local platform
    case $(uname -m) in
        x86_64) platform=linux-x64 ;;
        aarch64) platform=linux-arm64 ;;
        *) fail "no Node $node_version is known for $(uname -m): put a Node >= 20 in PATH" ;;
    esac
    local home=$tools_folder/node-$node_version
    local bin=$home/node_modules/node-$platform/bin
    if [ ! -x "$bin/node" ]; then
        need_packages node
        mkdir -p "$home"
        step node npm install --prefix "$home" --no-save --no-audit --no-fund --ignore-scripts \
            "node-$platform@$node_version" || fail "Node $node_version could not be installed"
    fi
    PATH=$(realpath "$bin"):$PATH
    export PATH
    command -v npm >/dev/null || need_packages node
    node_is_new || fail "the Node in $bin does not run"
}

# need_modules FOLDER: npm ci, once for each content of its lock file.
need_modules() {
    local folder=$1
    [ -f "$folder/package-lock.json" ] || return 0
    need_node
    local key
    key=$(sha256sum <"$folder/package-lock.json")-$(node -p process.versions.modules)
    stamped "$folder/node_modules/.tenon-stamp" "$key" step "npm-${folder//\//-}" \
        npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts
}
