#!/bin/sh
# Prints the path of a `migrate` that is not older than the sources, the release one first; nothing when there is none.
set -eu

for binary in .build/release/migrate .build/debug/migrate; do
    [ -x "$binary" ] || continue
    [ -z "$(find Package.swift Sources -newer "$binary" -type f -print -quit)" ] || continue
    echo "$binary"
    exit 0
done
