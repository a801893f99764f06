#!/bin/sh
# What the runbook has to know of the stores and no API says in one answer. Needs curl and awk.
#
#     stores.sh same OLD NEW "SECTION:KEY|KEY …"        these keys have the same values in both configurations, by URL
#     stores.sh uploaded METRIC :PORT/PATH "ADDRESS …"  the counters that match METRIC are above 0 over all of these
#     stores.sh unwritten SECONDS URL METRIC            the counters that match METRIC at URL stand still so long
#
# Exit 0 when it is so, 1 when it is not, 2 when somebody gave no answer or the wrong one.
set -eu

# CONNECT_TO, `address:port`, is asked under the name of the URL, whatever DNS says. CA_FILE, `file:PATH`, is trusted in
# place of the system's authorities; a runbook without such a file gives `file:null`.
authorities=${CA_FILE:-}
authorities=${authorities#file:}
[ "$authorities" != null ] || authorities=

page() {
    set -- "$1" ${authorities:+--cacert "$authorities"} ${CONNECT_TO:+--connect-to "::$CONNECT_TO"}
    url=$1
    shift
    curl --fail --silent --max-time 20 --write-out '%{onerror}%{stderr}%{url}: %{errormsg}\n' "$@" "$url" || exit 2
}

# Lines of the keys in one section of a configuration, without what writers of YAML differ in.
settings() {
    awk -v section="$1" -v keys="^($2):" '
        /^[A-Za-z_]/ { inside = ($1 == section ":") }
        inside { sub(/^[ -]+/, ""); gsub(/["\047 ]/, ""); if ($0 ~ keys) print section "." $0 }'
}

# Sum of a page's samples whose names and labels match.
counted() {
    METRIC="^($1)" awk '!/^#/ && $0 ~ ENVIRON["METRIC"] { sum += $NF } END { printf "%.0f\n", sum }'
}

same() {
    old=$(page "$1")
    new=$(page "$2")
    status=0
    for one in $3; do
        before=$(printf '%s\n' "$old" | settings "${one%%:*}" "${one#*:}" | tr '\n' ' ')
        after=$(printf '%s\n' "$new" | settings "${one%%:*}" "${one#*:}" | tr '\n' ' ')
        if [ -z "$before" ]; then
            echo "the old side's configuration has no $one" >&2
            exit 2
        fi
        if [ "$before" = "$after" ]; then
            echo "same: $before"
        else
            echo "old side: $before| new side: ${after:-nothing}" >&2
            status=1
        fi
    done
    return $status
}

uploaded() {
    sum=0
    for address in $3; do
        content=$(page "http://$address$2")
        sum=$((sum + $(printf '%s\n' "$content" | counted "$1")))
    done
    echo "$1: $sum"
    if [ "$sum" -eq 0 ]; then
        echo "$1 is 0: nothing has been written by $3" >&2
        return 1
    fi
}

counter() {
    content=$(page "$1")
    # A name that is misspelt would stand still for ever; one of its labels may not have been counted yet.
    if ! printf '%s\n' "$content" | grep -Eq "^(${2%%\\{*})"; then
        echo "$1 has no counter $2" >&2
        exit 2
    fi
    printf '%s\n' "$content" | counted "$2"
}

unwritten() {
    before=$(counter "$2" "$3")
    sleep "$1"
    after=$(counter "$2" "$3")
    echo "$2: $before, after $1 s $after"
    if [ "$before" != "$after" ]; then
        echo "somebody is still there: $before became $after within $1 s" >&2
        return 1
    fi
}

case ${1:-} in
    same | uploaded | unwritten) "$@" ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
