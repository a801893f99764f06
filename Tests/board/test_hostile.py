"""The real `migrate serve` against a hostile page in the same browser, and against requests that are none."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from chromium import REBOUND
from rehearsal.watched import Night

TRY = """async (address) => {
    const tried = {};
    for (const mode of ['cors', 'no-cors']) {
        try {
            const answer = await fetch(address + 'api/board', {mode});
            tried[mode] = answer.type === 'opaque' ? 'opaque' : answer.status + await answer.text();
        } catch (error) { tried[mode] = error.name; }
    }
    tried.post = await fetch(address, {method: 'POST', mode: 'no-cors', body: 'x'}).then((answer) => answer.type, String);
    tried.events = await new Promise((done) => {
        const source = new EventSource(address + 'api/events');
        source.onopen = () => done('open');
        source.onerror = () => { source.close(); done('refused'); };
    });
    tried.frame = await new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.onload = () => {
            try { done(frame.contentDocument.body.innerText); } catch (error) { done(error.name); }
        };
        frame.src = address;
        document.body.append(frame);
    });
    return tried;
}"""


class Hostile(BaseHTTPRequestHandler):
    """A page of somebody else's."""

    def do_GET(self) -> None:  # noqa: N802
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><body>hello")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def hostile_page() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_of_another_origin_reads_nothing_and_does_nothing(small: Night, browser) -> None:  # noqa: ANN001
    with small.board() as address, hostile_page() as elsewhere:
        page = browser.new_context().new_page()
        page.goto(elsewhere)
        tried = page.evaluate(TRY, address)
        page.context.close()
    assert tried["cors"] == "TypeError"
    assert tried["no-cors"] in ("opaque", "TypeError")
    assert tried["post"] == "opaque" or "TypeError" in tried["post"]
    assert tried["events"] == "refused"
    assert "One look" not in tried["frame"]


def test_a_name_that_is_bound_anew_to_this_machine_reads_nothing(small: Night, browser) -> None:  # noqa: ANN001
    """DNS rebinding: the page's own name leads to 127.0.0.1, so that to the browser we are its origin."""
    with small.board() as address:
        page = browser.new_context().new_page()
        answer = page.goto(f"http://{REBOUND}:{urlsplit(address).port}/api/board")
        assert answer is not None and answer.status == 421
        assert "One look" not in page.content()
        page.context.close()


def ask(address: str, request: bytes) -> int | None:
    """Status of the answer; None when the connection ends without one."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=60) as channel:
        try:
            channel.sendall(request)
            answer = channel.recv(4096)
        except ConnectionError:
            return None
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else None


def test_requests_that_are_none_are_refused_and_the_board_lives(small: Night) -> None:
    with small.board() as address:
        host = f"Host: {urlsplit(address).netloc}\r\n".encode()
        for line, status in {
            b"GET / HTTP/1.1\r\n": 200,
            b"GET /../../etc/passwd HTTP/1.1\r\n": 404,
            b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n": 404,
            b"GET /api/steps/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n": 404,
            b"DELETE / HTTP/1.1\r\n": 405,
            b"GET /" + b"a" * 2100 + b" HTTP/1.1\r\n": 414,
            # Why many lines: the reader of requests takes the square of a line's length.
            b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 400) for n in range(45)): 431,
            b"GET / HTTP/1.1\r\nOrigin: http://evil.test\r\n": 403,
        }.items():
            assert ask(address, line + host + b"\r\n") == status, line[:60]
        assert ask(address, b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n") == 421
        for noise in (b"\0" * 64 + b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\xff\xfe\r\n\r\n"):
            assert ask(address, noise) != 200, noise
        assert ask(address, b"GET / HTTP/1.1\r\n" + host + b"\r\n") == 200
