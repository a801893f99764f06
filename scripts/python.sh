#!/bin/sh
# Sees to it that an environment, .venv unless another is named, holds what a list of requirements names. Runs pip only
# when the list has changed.
#
#   sh scripts/python.sh REQUIREMENTS [ENVIRONMENT]
set -eu

requirements=$1
environment=${2:-.venv}
# A list may include another beside it.
sum=$(cat "$(dirname "$requirements")"/requirements*.txt | sha256sum | cut -c1-16)
stamp="$environment/.installed-$(basename "$requirements" .txt)-$sum"
[ ! -f "$stamp" ] || exit 0

if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment"
fi
echo "installing Python packages of $requirements" >&2
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
rm -f "$environment/.installed-$(basename "$requirements" .txt)"-*
touch "$stamp"
