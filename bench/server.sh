# Sourced, with $root: MailGrains servers of one run.

# free_ports N: ports of the loopback that nobody listens on now.
free_ports() {
    python3 -c 'import socket, sys
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in sockets))' "$1"
}

# build_programs PROJECT...: Release.
build_programs() {
    local project
    for project in "$@"; do dotnet build "$root/$project" -c Release -v q --nologo >&2; done
}

# start_server FOLDER LMTP HTTP [ARGUMENT...]: data below the folder, no IMAP; returns when it is ready. The process is in FOLDER/pid.
start_server() {
    local folder=$1 lmtp=$2 http=$3
    shift 3
    mkdir -p "$folder"
    : >"$folder/out"
    dotnet "$root/silo/MailGrains.Silo/bin/Release/net10.0/published/MailGrains.Silo.dll" "--Data:Path=$folder/data" --Imap:Listen= --Imaps:Listen= \
        "--Lmtp:Listen=127.0.0.1:$lmtp" "--Http:Listen=127.0.0.1:$http" "$@" >"$folder/out" 2>&1 &
    echo $! >"$folder/pid"
    until grep -q '^MailGrains ready' "$folder/out"; do
        kill -0 "$(<"$folder/pid")" 2>/dev/null || { cat "$folder/out" >&2; return 1; }
        sleep 0.1
    done
}

# stop_server FOLDER, if it runs; returns when it is down.
stop_server() {
    [[ -f $1/pid ]] || return 0
    kill "$(<"$1/pid")" 2>/dev/null || true
    wait "$(<"$1/pid")" 2>/dev/null || true
    rm -f "$1/pid"
}

# import_accounts FOLDER HTTP CSV: the last line of what the administration program says.
import_accounts() {
    MAILGRAINS_SERVER=http://127.0.0.1:$2 MAILGRAINS_TOKEN=$(<"$1/data/admin-token") "$root/mailgrains" account import "$3" >"$1/import.out" 2>&1 ||
        { cat "$1/import.out" >&2; return 1; }
    tail -1 "$1/import.out"
}

# subscribers_among ARGUMENT...: how many subscribers the arguments of a server make, those of archive and changelog too.
subscribers_among() {
    {
        printf '%s\n' "$@" | sed -nE 's/^--Subscribers:([^:=]+):.*/\1/p'
        [[ " $* " != *" --Archive:Enabled=true "* ]] || echo archive
        [[ " $* " != *" --Archive:Enabled=true "* || " $* " == *" --Archive:FullText=false "* ]] || echo full-text
        [[ " $* " != *" --Changelog:Enabled=true "* ]] || echo changelog
    } | sort -u | grep -c . || true
}
