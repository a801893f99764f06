#!/bin/sh
# One dashboard for each service, made from the template before Grafana begins: who the services are is the runbook's to say.
set -eu
mkdir -p "${SERVICE_DASHBOARDS:?}"
for service in $(echo "${SERVICES:?}" | tr , ' '); do
    sed "s/@SERVICE@/$service/g" "${TEMPLATES:?}/service.json" > "$SERVICE_DASHBOARDS/service-$service.json"
done
exec "$@"
