"""Stand-ins for what a rehearsal's machine cannot run: each keeps the contract of its service's HTTP API."""
