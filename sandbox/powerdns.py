"""What a real PowerDNS asks of us: its remote backend over HTTP, answered from the emulator's state at each query.

PowerDNS does the rest itself: packets, truncation, CNAMEs, wildcards, negative answers. Each of our name servers has a
path of its own, `/0` and `/1`, as changes reach them at different times. Modelled after "Remote Backend" of the
PowerDNS Authoritative Server's documentation, and tried with 4.7.3.
"""

from __future__ import annotations

from typing import Any

from sandbox.emulator import records
from sandbox.emulator.context import Context
from sandbox.http_server import Listener, Request, Response
from sandbox.resolver import Record, Resolver


class PowerDnsBackend:
    """An HTTP server that any number of PowerDNS processes may ask."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._listener = Listener("127.0.0.1", 0, self._answer)

    def begin(self) -> None:
        """Starts to listen; throws `OSError` when there is no port."""
        self._context.io.run(self._listener.start())

    @property
    def url(self) -> str:
        """What `remote-connection-string` takes, followed by the number of the name server."""
        return f"http://127.0.0.1:{self._listener.port}"

    async def _answer(self, request: Request) -> Response:
        parts = request.path.strip("/").split("/")
        if len(parts) == 4 and parts[1] == "lookup":
            # Not under the world's lock: a query must be answered while a slow call holds it, and reads whole versions.
            found = Resolver(int(parts[0])).owned(records.absolute(parts[2].lower()), parts[3])
            return Response.of_json({"result": [_row(record) for record in found]})
        # Metadata, keys and lists of domains: there are none, which is an answer too.
        return Response.of_json({"result": False})


def _row(record: Record) -> dict[str, Any]:
    name, kind, ttl, value = record
    return {"qname": name, "qtype": kind, "content": value, "ttl": ttl, "auth": 1}
