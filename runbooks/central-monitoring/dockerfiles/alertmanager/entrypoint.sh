#!/bin/sh
# Alertmanager takes the address of the webhook from a file only; ECS gives secrets as variables.
set -eu
umask 077
printf %s "${SLACK_WEBHOOK_URL:?}" > "${SLACK_WEBHOOK_FILE:?}"
unset SLACK_WEBHOOK_URL
exec alertmanager "$@"
