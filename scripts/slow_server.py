"""A server that takes its time: `/N/MS` is answered after MS milliseconds, `/hang/…` never. Ports are printed as JSON.

python3 scripts/slow_server.py 127.0.0.1 127.0.0.2
"""

from __future__ import annotations

import asyncio
import json
import sys


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            await asyncio.sleep(86_400 if path.startswith("/hang") else int(path.rsplit("/", 1)[-1]) / 1000)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # the client has gone
    finally:
        writer.close()


async def main(addresses: list[str]) -> None:
    servers = [await asyncio.start_server(serve, address, 0, backlog=4096) for address in addresses]
    urls = ["http://{}:{}".format(*server.sockets[0].getsockname()) for server in servers]
    print(json.dumps(urls), flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
