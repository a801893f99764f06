"""The world that a rehearsal runs against: an AWS emulator with a time model, DNS, stand-ins, one process.

Start it with ``python -m sandbox --scenario lgtm-fargate --state DIR``; ``README.md`` says what is real here and
what is modelled.
"""
