# Sourced: what programs that take their arguments by place do with them before anything else.

# accept_arguments PATTERN... -- "$@": every argument must match the extended regular expression of its place; fewer may be given.
# --help prints the comment at the program's head and ends with 0; anything unknown ends with 2.
accept_arguments() {
    local patterns=() argument place=0
    while [[ $1 != -- ]]; do patterns+=("$1"); shift; done
    shift
    for argument in "$@"; do
        [[ $argument != --help && $argument != -h ]] || { head_comment; exit 0; }
    done
    for argument in "$@"; do
        if ((place >= ${#patterns[@]})) || ! [[ $argument =~ ^(${patterns[place]})$ ]]; then
            echo "bench/$(basename "$0"): unexpected argument '$argument'" >&2
            head_comment >&2
            exit 2
        fi
        place=$((place + 1))
    done
}

head_comment() { sed -n '2,${/^#/!q;s/^# //p}' "$0"; }
