"""What forbids a shift is found before anything is touched, and said with what to do.

The old side is the sandbox's own, under its certificate; the new side is a web server over TLS that can be slow, or show
a certificate that does not fit.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import Place, Places, World
from shifting import pair, shift_of, until

REFUSED, PAUSED = 64, 3
OLD_PORT = 8443


def batches(world: World) -> int:
    return world.effects().get("route53:ChangeResourceRecordSets", 0)


def change(world: World, action: str, record: dict[str, Any]) -> None:
    world.client("route53").change_resource_record_sets(
        HostedZoneId=world.variables["zone_id"],
        ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]},
    )


@pytest.mark.parametrize(
    ("instead", "options", "status", "said"),
    [
        ({"weights": "[0]"}, [], REFUSED, "`weights` must be whole percentages that rise from above 0 to 100"),
        ({"soak": "299s"}, [], REFUSED, "`soak` must be at least 5m, not 299s"),
        ({"soak": "5m\n          ttl: 200"}, [], REFUSED, "`soak` must be at least 10m, not 5m"),
        ({}, ["zone=ZNOTTHERE"], PAUSED, "there is no hosted zone `ZNOTTHERE`; check `zone` and the account"),
        ({}, ["host=grafana.example.com"], PAUSED, "lies outside the zone `lgtm.test.`; check `zone` and `name`"),
        ({}, ["host=nobody.lgtm.test"], PAUSED, "there is no record `nobody.lgtm.test.`; check `zone`, `name`"),
    ],
    ids=["all-zero", "short-soak", "short-beside-the-ttl", "foreign-zone", "name-outside", "no-record"],
)
def test_what_cannot_be_shifted_is_refused(
    places: Places, world: World, instead: dict[str, str], options: list[str], status: int, said: str
) -> None:
    before, count = pair(world), batches(world)
    place = shift_of(places, world, **instead)
    place.options += [word for option in options for word in ("--set", option)]
    done = place.run("run")
    assert (done.status, batches(world), pair(world)) == (status, count, before), done.talk
    assert said in done.talk, done.talk


def test_a_protected_record_is_not_shifted_until_somebody_lifts_the_protection(places: Places, world: World) -> None:
    route53, host = world.client("route53"), world.variables["host"] + "."
    key = {"HostedZoneId": world.variables["zone_id"], "Protections": [{"RecordName": host, "RecordType": "A"}]}
    route53.create_resource_record_set_protections(**key)
    try:
        assert f"protected from changes: `{host}` A; lift it" in refused(shift_of(places, world), world)
    finally:
        route53.delete_resource_record_set_protections(**key)


APPROVED = """\
      - id: approve
        confirm: cutover
      - id: shift
"""


def test_a_record_that_changed_since_it_was_shown_is_asked_about_again(places: Places, world: World) -> None:
    place = shift_of(places, world, soak="5m")
    file = place.home / "runbook.yaml"
    text = file.read_text().replace("      - id: shift\n", APPROVED)
    file.write_text(text.replace("phases:\n", "approvals:\n  cutover: {min: 1, expires: 2h}\nphases:\n", 1))
    before, count = pair(world), batches(world)
    host, old = world.variables["host"] + ".", world.variables["old_address"]
    record = {"Name": host, "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": old}]}
    running = place.start("run")
    try:
        until(lambda: "step.surveyed" in place.kinds(), lambda: place.run("log").output)
        change(world, "UPSERT", {**record, "ResourceRecords": [{"Value": "127.0.0.7"}]})
        assert place.run("approve", "cutover", "--comment", "seen", "--yes").status == 0
        until(lambda: "step.approvalsDropped" in place.kinds(), lambda: place.run("log").output)
        # Shown anew, with what is there now, and nothing was touched but by the other hand.
        until(lambda: place.kinds().count("step.surveyed") == 2, lambda: place.run("log").output)
        assert batches(world) == count + 1
    finally:
        running.terminate()
        talk = running.communicate(timeout=60)[1]
        change(world, "UPSERT", record)
    assert "changed since it was shown: `shift/" in talk, talk
    assert pair(world) == before


class Authority:
    """An authority of our own, beside the sandbox's: both are trusted by `file`."""

    def __init__(self, folder: Path, world: World) -> None:
        from sandbox.authority import CertificateAuthority

        (folder / "own").mkdir()
        self._own = CertificateAuthority(folder / "own")
        self.file = folder / "both.pem"
        self.file.write_text(Path(world.variables["ca_file"]).read_text() + self._own.ca_pem)

    def context(self, name: str) -> ssl.SSLContext:
        return self._own.server_context([name])


@contextmanager
def new_side(context: ssl.SSLContext, delay: float = 0, *statuses: int) -> Iterator[int]:
    """A web server over TLS on an address of its own, which takes its time; its port.

    It answers with `statuses`, one after the other, then with the last of them.
    """
    left = list(statuses or (200,))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(delay)
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.9", 0), Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def proved(places: Places, world: World, authority: Authority, port: int, more: str = "", latency: int = 20) -> Place:
    """A shift that asks the new side at `port` under the production name."""
    prove = f"{{connect_to: '127.0.0.9:{port}', port: {OLD_PORT}, path: /api/health, ca_file: '{authority.file}'}}"
    return shift_of(places, world, soak="5m", prove=prove, latency_requests=f"{latency}{more}")


@pytest.fixture
def authority(tmp_path: Path, world: World) -> Authority:
    return Authority(tmp_path, world)


def refused(place: Place, world: World) -> str:
    """What is said of a shift that is refused before anything is touched."""
    before, count = pair(world), batches(world)
    done = place.run("run")
    assert (done.status, batches(world), pair(world)) == (PAUSED, count, before), done.talk
    return done.talk


def test_a_new_side_that_answers_otherwise_than_it_should_gets_no_traffic(
    places: Places, world: World, authority: Authority
) -> None:
    host = world.variables["host"]
    # Nothing says where to connect to but `to`: the name itself still leads to the old side, which answers well.
    with new_side(authority.context(host), 0, 404) as port:
        place = shift_of(places, world, soak="5m", prove=f"{{port: {port}, ca_file: '{authority.file}'}}")
        talk = refused(place, world)
        assert f"the new side does not answer under `{host}` as `prove` wants: 127.0.0.9: 404 in " in talk, talk
        expected = f"{{port: {port}, ca_file: '{authority.file}', expect: '.status == 404 and .body == \"no\"'}}"
        talk = refused(shift_of(places, world, soak="5m", prove=expected), world)
        assert "as `prove` wants: 127.0.0.9: " in talk, talk


def test_a_new_side_that_stops_answering_well_after_the_first_look_gets_no_traffic(
    places: Places, world: World, authority: Authority
) -> None:
    before = pair(world)
    with new_side(authority.context(world.variables["host"]), 0, 200, 404) as port:
        prove = f"{{port: {port}, ca_file: '{authority.file}'}}"
        done = shift_of(places, world, soak="5m", prove=prove, latency_requests="0").run("run")
    assert done.status == PAUSED and pair(world) == before, done.talk
    assert "shift/prove  failed: 127.0.0.9: 404 in " in done.talk, done.talk


def test_a_proof_that_connects_elsewhere_is_refused(places: Places, world: World, authority: Authority) -> None:
    old = world.variables["old_address"]
    prove = f"{{connect_to: '{old}:{OLD_PORT}', port: {OLD_PORT}, ca_file: '{world.variables['ca_file']}'}}"
    talk = refused(shift_of(places, world, soak="5m", prove=prove), world)
    assert f"`prove` connects to `{old}`, which is no address of `to`: 127.0.0.9; leave `connect_to` out" in talk, talk


def test_a_shift_without_a_proof_is_refused(places: Places, world: World) -> None:
    place = shift_of(places, world)
    file = place.home / "runbook.yaml"
    file.write_text("".join(line for line in file.read_text().splitlines(True) if " prove: " not in line))
    done = place.run("validate")
    assert done.status == REFUSED and "`prove`" in done.talk + done.output, f"{done.talk}\n{done.output}"


def test_a_certificate_made_out_to_others_is_refused(places: Places, world: World, authority: Authority) -> None:
    with new_side(authority.context("other.test"), 0) as port:
        talk = refused(proved(places, world, authority, port), world)
    host = world.variables["host"]
    assert f"the certificate of the new side does not fit `{host}`" in talk, talk
    assert f"give its listener a certificate for `{host}`" in talk, talk


def test_a_new_side_that_is_much_slower_is_refused(places: Places, world: World, authority: Authority) -> None:
    with new_side(authority.context(world.variables["host"]), 0.4) as port:
        talk = refused(proved(places, world, authority, port, latency=5), world)
    assert "the new side answers too slowly: new side 4" in talk, talk
    assert "medians of 5 requests" in talk and "raise `latency_factor`" in talk, talk


def test_an_authority_that_the_zone_does_not_allow_is_refused_and_one_that_it_does_is_not(
    places: Places, world: World, authority: Authority
) -> None:
    values = [{"Value": '0 issue "letsencrypt.org"'}, {"Value": '0 iodef "mailto:security@lgtm.test"'}]
    record = {"Name": world.variables["zone"], "Type": "CAA", "TTL": 300, "ResourceRecords": values}
    change(world, "CREATE", record)
    time.sleep(60 / 400)
    try:
        with new_side(authority.context(world.variables["host"]), 0) as port:
            place = proved(places, world, authority, port, "\n          issuers: [amazon.com]")
            talk = refused(place, world)
            assert "CAA of `lgtm.test` lets letsencrypt.org issue certificates" in talk, talk
            assert 'add `0 issue "amazon.com"` to it' in talk, talk
            place = proved(places, world, authority, port, "\n          issuers: [letsencrypt.org]")
            done = place.run("run")
            assert done.status == 0, done.talk
            assert "CAA of `lgtm.test` allows letsencrypt.org" in done.talk, done.talk
            assert "medians of 20 requests" in done.talk, done.talk
    finally:
        change(world, "DELETE", record)
    assert place.run("rollback", "--all", "--yes").status == 0
