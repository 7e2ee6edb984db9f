#!/usr/bin/env bash
# Imports many made-up articles into a new newsroom and prints the time and the peak memory: it must not grow with
# their number. bench/import.sh [PROGRAM [NUMBER...]]
set -euo pipefail
program=$(realpath "${1:-build/kabar}")
shift || true
if [ $# = 0 ]; then set -- 1000 10000 100000; fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for number in "$@"; do
  rm -rf articles warta
  mkdir articles
  awk -v number="$number" 'BEGIN {
    for (i = 1; i <= number; i++) {
      folder = "articles/" int(i / 1000)
      if (i == 1 || i % 1000 == 0) system("mkdir -p " folder)
      file = folder "/berita-" i ".md"
      print "---\nsection: ekonomi\n---\n# Berita Nomor " i "\n" > file
      for (p = 1; p <= 8; p++)
        print "Harga barang nomor " i " naik " p " persen di pasar. Warga mengeluh kepada petugas. Pemerintah berjanji " \
              "akan menurunkan harga itu sebelum akhir bulan.\n" > file
      close(file)
    }
  }'
  "$program" init warta >/dev/null
  start=$(date +%s.%N)
  "$program" --dir warta import articles >/dev/null &
  process=$!
  peak=0
  while kill -0 "$process" 2>/dev/null; do
    now=$(awk '/^VmHWM/ {print $2}' "/proc/$process/status" 2>/dev/null || true)
    if [ "${now:-0}" -gt "$peak" ]; then peak=$now; fi
    sleep 0.02
  done
  wait "$process"
  awk -v n="$number" -v s="$start" -v e="$(date +%s.%N)" -v p="$peak" \
    'BEGIN {printf "%d articles: %.1f s, %.0f articles/s, peak memory %.1f MB\n", n, e - s, n / (e - s), p / 1024}'
done
