# How ./dev speaks: one line for each step that did something, the tail of the log when a step fails.
log_folder=build/log

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

fail() {
    warn "dev: $*"
    exit 1
}

fail_usage() {
    warn "$*"
    exit 2
}

# step NAME COMMAND…: runs COMMAND quietly, its output in build/log/NAME.log; answers with its exit status.
step() {
    local name=$1 status=0 start=$SECONDS
    shift
    mkdir -p "$log_folder"
    local log=$log_folder/$name.log
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" -ne 0 ]; then
        warn "--- $name failed (exit $status) after $((SECONDS - start)) s; the end of $log:"
        tail -n 30 "$log" >&2
        warn "---"
        return "$status"
    fi
    [ $((SECONDS - start)) -lt 3 ] || say "$name: $((SECONDS - start)) s"
}

# stamped FILE KEY COMMAND…: runs COMMAND unless FILE says that it was done for KEY.
stamped() {
    local stamp=$1 key=$2
    shift 2
    [ "$(cat "$stamp" 2>/dev/null)" != "$key" ] || return 0
    "$@" || return $?
    mkdir -p "$(dirname "$stamp")"
    printf '%s\n' "$key" >"$stamp"
}
