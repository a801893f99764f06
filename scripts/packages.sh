#!/bin/sh
# Sees to it that system packages are installed: by apt where root or sudo may, else by saying the exact line to run.
#
#   sh scripts/packages.sh PACKAGE...
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "note: this is no Debian; these packages, or what your system calls them, are needed: $*" >&2
    exit 0
fi

missing=""
for package in "$@"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

# Why the wait: `make board` may be typed while `make rehearse` installs.
line="apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends$missing"
if [ "$(id -u)" -eq 0 ]; then
    sudo=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    echo "error: packages are missing:$missing" >&2
    echo "hint: sudo apt-get update && sudo $line" >&2
    exit 1
fi

# Some packages bring a service (docker-registry and pdns-server do). Nothing is to be started or enabled: a rehearsal starts its own
# processes and stops them. Debian's way to say so is a policy file; it is there only while apt runs.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
    $sudo chmod 755 "$policy"
    made_policy=yes
fi
tidy() {
    if [ "$made_policy" = yes ]; then $sudo rm -f "$policy"; fi
}
trap tidy EXIT INT TERM

echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the list is meant to be split
if ! $sudo env DEBIAN_FRONTEND=noninteractive $line >/dev/null; then
    # Lists of packages may be missing or old on a fresh machine.
    $sudo apt-get update -qq
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive $line >/dev/null
fi

for service in docker-registry pdns prometheus prometheus-alertmanager; do
    case " $missing " in
    *" $service "* | *" $service-"*)
        if command -v systemctl >/dev/null 2>&1; then
            $sudo systemctl disable --quiet "$service" 2>/dev/null || true
        fi
        ;;
    esac
done
