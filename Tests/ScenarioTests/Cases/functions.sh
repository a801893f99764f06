# What cases that show several answers are written in; put before each `before` and `command`.

# Runs a command with nobody at its input, and shows the line, all that it says, and its exit status.
answer() {
    printf '$ %s\n' "$*"
    "$@" 2>&1 < /dev/null
    printf '[%s]\n\n' "$?"
}

# The same at a terminal of so many columns, without what is drawn over itself.
at() {
    columns=$1
    shift
    printf '$ %s    (%s columns)\n' "$*" "$columns"
    script -qec "stty cols $columns rows 50; CI=1 NO_COLOR=1 $*; echo [\$?]" /dev/null < /dev/null | tr -d '\r'
    echo
}

# Makes the two pipes by which the program of a gated step and a case wait for each other.
gates() {
    mkfifo runbooks/small/begun runbooks/small/release
}

# Waits until the program is at work, and keeps its process group.
begun() {
    read -r process < runbooks/small/begun
    group=$(ps -o pgid= -p "$process" | tr -d ' ')
}

# Lets it go on, and waits until nothing of it is left.
release() {
    echo go > runbooks/small/release
    while kill -0 -- "-$group" 2> /dev/null; do sleep 0.05; done
}
