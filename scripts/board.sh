#!/bin/sh
# Serves the board of the rehearsal's journal; usage: board.sh BINARY
set -eu

state=state/rehearsal
mkdir -p "$state/sandbox"
# Why waited for: the values of the sandbox, without which the runbook cannot be planned, are written when it comes up.
if [ ! -f "$state/sandbox/variables.json" ]; then
    echo "waiting for \`make rehearse\` in another terminal" >&2
    until [ -f "$state/sandbox/variables.json" ]; do sleep 1; done
fi
exec "$1" serve --runbook lgtm-fargate --env sandbox --state "$state" --values "$state/sandbox/variables.json" \
    --set "terraform_directory=$state/sandbox/terraform"
