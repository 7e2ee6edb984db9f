#!/usr/bin/env bash
# kabar serve beside nginx: the same files, compressed, keep-alive, each on one core, wrk on the other.
#   bench/site_serve.sh SITE_PREVIEW SITE_SERVE [SECONDS]      needs nginx and wrk (Debian: nginx-light wrk)
# Prints requests a second and requests a second of the server's own CPU time, which a busy machine does not spoil.
set -euo pipefail
preview=$1 serve=$2 seconds=${3:-5}
folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$folder"' EXIT
"$preview" "$folder" >/dev/null

cat >"$folder/bench.conf" <<CONF
daemon off; master_process off; worker_processes 1; pid $folder/nginx.pid; error_log $folder/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=10000;
$(sed -e 's/listen 80;/listen 127.0.0.1:8091;/' -e "s#root public;#root $folder/public;#" "$folder/nginx.conf")
}
CONF
taskset -c 1 nginx -p "$folder" -c "$folder/bench.conf" &
pids+=($!)
taskset -c 1 "$serve" "$folder/public" 8092 &
pids+=($!)
sleep 1

page=$(cd "$folder/public" && find en -path '*badminton*' -name index.html -size +8k | grep -v compare | head -1)
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
measure() { # NAME PID PORT
  local before after out requests
  before=$(ticks "$2")
  out=$(taskset -c 0 wrk -t1 -c32 -d"${seconds}s" --latency -H 'Accept-Encoding: gzip' "http://127.0.0.1:$3/${page%index.html}")
  after=$(ticks "$2")
  requests=$(awk '/requests in/ {print $1}' <<<"$out")
  awk -v name="$1" -v requests="$requests" -v cpu="$(((after - before) * 10))" -v seconds="$seconds" \
    -v p99="$(awk '$1 == "99%" {print $2}' <<<"$out")" \
    'BEGIN {printf "%-6s %8.0f requests/s, %8.0f a CPU second, p99 %s\n", name, requests / seconds, requests / (cpu / 1000), p99}'
}
for _ in 1 2; do
  measure nginx "${pids[0]}" 8091
  measure kabar "${pids[1]}" 8092
done
