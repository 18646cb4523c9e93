# Sourced: a PostgreSQL of one run, Debian's with its defaults, as an unprivileged user.

# start_postgresql FOLDER PORT: makes it below the folder, with an empty database.
start_postgresql() {
    local folder=$1/postgresql port=$2
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
    [[ -n $bin ]] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; return 1; }
    mkdir -p "$folder"
    chown postgres "$folder"
    runuser -u postgres -- "$bin/initdb" -D "$folder/data" -A trust -U mailgrains >"$1/postgresql.out"
    runuser -u postgres -- "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "-p $port -k $folder -c listen_addresses=127.0.0.1" start >>"$1/postgresql.out"
    create_database "$port" mailgrains
}

# create_database PORT NAME: another empty one.
create_database() { runuser -u postgres -- "$bin/createdb" -h 127.0.0.1 -p "$1" -U mailgrains "$2"; }

# use_postgresql PORT [DATABASE]: servers started from now on keep everything in it.
use_postgresql() {
    export MAILGRAINS_Storage__Provider=postgresql
    export MAILGRAINS_Storage__ConnectionString="Host=127.0.0.1;Port=$1;Username=mailgrains;Database=${2:-mailgrains}"
}

# stop_postgresql FOLDER, if it runs; returns when it is down.
stop_postgresql() {
    [[ ! -f $1/postgresql/data/postmaster.pid ]] || runuser -u postgres -- "$bin/pg_ctl" -D "$1/postgresql/data" -m fast -w stop >/dev/null || true
}
