#!/bin/sh
# Checks that terraform.tfvars of a root module gives every variable that has no default, and no placeholder.
#
#   sh check_tfvars.sh DIRECTORY
#
# Exit 0 when it does; 1 with a line for each that is missing. Needs no Terraform, so that it can come before all else.
set -eu

directory=${1:?"usage: check_tfvars.sh DIRECTORY"}
values="$directory/terraform.tfvars"

if [ ! -f "$values" ]; then
    echo "there is no $values" >&2
    echo "hint: copy terraform.tfvars.example to terraform.tfvars and fill it in" >&2
    exit 1
fi

# A variable counts as required when its block, which ends at the first `}` in column 1, has no `default`.
required=$(awk '
    FNR == 1 { name = "" }
    /^variable[ \t]+"/ { split($0, part, "\""); name = part[2]; optional = 0 }
    name != "" && /^[ \t]+default[ \t]*=/ { optional = 1 }
    name != "" && (/^}/ || /}[ \t]*$/ && /^variable/) { if (!optional) print name; name = "" }
' "$directory"/*.tf)

failed=0
for name in $required; do
    line=$(grep -E "^[[:space:]]*$name[[:space:]]*=" "$values" || true)
    if [ -z "$line" ]; then
        echo "$values does not set $name" >&2
        failed=1
    elif echo "$line" | grep -q 'REPLACE'; then
        echo "$values still has a placeholder for $name" >&2
        failed=1
    fi
done

[ "$failed" -eq 0 ] || exit 1
echo "$values sets $(echo "$required" | grep -c .) required variables"
