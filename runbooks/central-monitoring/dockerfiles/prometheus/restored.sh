#!/bin/sh
# Prometheus over what AWS Backup has restored: that lies in a folder named after the moment, in a new file system too.
set -eu
found=$(echo "${RESTORED:?}"/aws-backup-restore_*/prometheus)
if [ ! -d "$found" ]; then
    echo "there is not one restored folder: $found" >&2
    exit 1
fi
exec prometheus --config.file="${CONFIGURATION:-/etc/prometheus/restored.yaml}" --storage.tsdb.path="$found" "$@"
