"""A shell of a few words, for scripts that the sandbox is sent: `echo true false exit sleep systemctl`, and what else
the machine has (`programs`), one command a line, or several with semicolons. Any other word gives 127, as a shell does
that has no such program. Nothing of it touches this machine.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping

KNOWN = {"echo", "true", "false", "exit", "sleep", "systemctl"}


def run(
    lines: list[str],
    systemctl: Callable[..., tuple[int, str]],
    programs: Mapping[str, Callable[..., tuple[int, str]]] | None = None,
) -> tuple[int, float, list[str]]:
    """Exit code, seconds and output: the last command's code, as a shell without `set -e` gives."""
    code, seconds, output = 0, 0.0, []
    for line in (part for text in lines for part in text.split(";")):
        words = shlex.split(line, comments=True)
        if not words:
            continue
        name, arguments = words[0], words[1:]
        if name == "exit":
            return int(arguments[0]) if arguments else code, seconds, output
        if name == "echo":
            output.append(" ".join(arguments))
            code = 0
        elif name in ("true", "false"):
            code = int(name == "false")
        elif name == "sleep":
            seconds, code = seconds + float(arguments[0]), 0
        elif name == "systemctl" and len(arguments) == 2:
            code, said = systemctl(*arguments)
            output += [said] if said else []
        elif programs and name in programs:
            code, said = programs[name](*arguments)
            output += [said] if said else []
        else:
            output.append(f"/bin/sh: {name}: command not found")
            code = 127
    return code, seconds, output


def of_command(command: list[str]) -> list[str] | None:
    """Lines of a container's command: the text of `sh -c TEXT`, or one line; none for a program that is not known."""
    if command[:2] in (["sh", "-c"], ["/bin/sh", "-c"]) and len(command) == 3:
        return command[2].splitlines()
    return [shlex.join(command)] if command and command[0] in KNOWN else None
