"""Authoritative DNS over UDP and TCP: packets in, packets out. What is answered is `resolver.Resolver`'s."""

from __future__ import annotations

import logging
import shlex
import socket
import socketserver
import struct
import threading

from dnslib import AAAA, CAA, CLASS, CNAME, EDNS0, MX, NS, PTR, QTYPE, RCODE, RR, SOA, SRV, TXT, A, DNSHeader, DNSRecord

from sandbox.emulator import records
from sandbox.resolver import Record, Resolver

log = logging.getLogger("sandbox.dns")

PLAIN_UDP_SIZE = 512


def answer_packet(packet: bytes, server: int, over_tcp: bool) -> bytes | None:
    """The answer to one packet; nothing for what is no query."""
    try:
        query = DNSRecord.parse(packet)
    except Exception:
        return _format_error(packet)
    if query.header.qr or not query.questions:
        return None
    reply = DNSRecord(
        DNSHeader(id=query.header.id, bitmap=0, qr=1, rd=query.header.rd, ra=0, opcode=query.header.opcode)
    )
    question = query.questions[0]
    reply.add_question(question)
    size = PLAIN_UDP_SIZE
    for extra in query.ar:
        if extra.rtype == QTYPE.OPT:
            size = min(max(extra.rclass, PLAIN_UDP_SIZE), 4096)
            reply.add_ar(EDNS0(udp_len=4096))
    if query.header.opcode != 0:
        reply.header.rcode = RCODE.NOTIMP
        return bytes(reply.pack())
    _fill(reply, str(question.qname).lower(), QTYPE.get(question.qtype, str(question.qtype)), server)
    packed = bytes(reply.pack())
    if over_tcp or len(packed) <= size:
        return packed
    return _truncated(query, reply)


def _fill(reply: DNSRecord, name: str, kind: str, server: int) -> None:
    try:
        answer = Resolver(server).resolve(records.absolute(name), kind)
    except Exception:
        log.exception("%s %s", name, kind)
        reply.header.rcode = RCODE.SERVFAIL
        return
    reply.header.rcode = getattr(RCODE, answer.code)
    reply.header.aa = 1 if answer.authoritative else 0
    for record in answer.records:
        reply.add_answer(_rr(record))
    for record in answer.authority:
        reply.add_auth(_rr(record))
    for record in answer.additional:
        reply.add_ar(_rr(record))


def _truncated(query: DNSRecord, reply: DNSRecord) -> bytes:
    """Header, question and nothing else. The question is echoed: a resolver rightly ignores an answer without it."""
    short = DNSRecord(DNSHeader(id=query.header.id, bitmap=0, qr=1, tc=1, aa=reply.header.aa, rd=query.header.rd))
    short.add_question(query.questions[0])
    for extra in query.ar:
        if extra.rtype == QTYPE.OPT:
            short.add_ar(EDNS0(udp_len=4096))
    return bytes(short.pack())


def _format_error(packet: bytes) -> bytes | None:
    if len(packet) < 12:
        return None
    return packet[:2] + struct.pack("!HHHHH", 0x8001, 0, 0, 0, 0)


def _rr(record: Record) -> RR:
    name, kind, ttl, value = record
    return RR(name, getattr(QTYPE, kind), CLASS.IN, ttl, _rdata(kind, value))


def _rdata(kind: str, value: str) -> object:
    if kind == "A":
        return A(value)
    if kind == "AAAA":
        return AAAA(value)
    if kind in ("CNAME", "NS", "PTR"):
        return {"CNAME": CNAME, "NS": NS, "PTR": PTR}[kind](records.absolute(value))
    if kind == "SOA":
        mname, rname, *times = value.split()
        return SOA(mname, rname, tuple(int(number) for number in times))
    if kind == "MX":
        preference, host = value.split()
        return MX(records.absolute(host), int(preference))
    if kind == "SRV":
        priority, weight, port, host = value.split()
        return SRV(int(priority), int(weight), int(port), records.absolute(host))
    if kind == "CAA":
        flags, tag, content = value.split(" ", 2)
        return CAA(int(flags), tag, content.strip('"'))
    return RR.fromZone(f". 0 IN {kind} {value}")[0].rdata if kind not in ("TXT", "SPF") else TXT(_strings(value))


def _strings(value: str) -> list[str]:
    return shlex.split(value)


class DnsServer:
    """One name server: UDP and TCP on one address and port."""

    def __init__(self, address: str, port: int, number: int) -> None:
        self.address, self.port, self._number = address, port, number
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind((address, port))
        self._tcp = _TcpServer((address, port), number)
        self._threads = [
            threading.Thread(target=self._serve_udp, name=f"dns-udp-{number}", daemon=True),
            threading.Thread(target=self._tcp.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._tcp.shutdown()
        self._tcp.server_close()
        self._udp.close()

    def _serve_udp(self) -> None:
        while True:
            try:
                packet, client = self._udp.recvfrom(65535)
            except OSError:
                return
            try:
                answer = answer_packet(packet, self._number, over_tcp=False)
                if answer is not None:
                    self._udp.sendto(answer, client)
            except OSError:
                return
            except Exception:
                log.exception("a query over UDP failed")


class _TcpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], number: int) -> None:
        self.number = number
        super().__init__(address, _TcpHandler)


class _TcpHandler(socketserver.StreamRequestHandler):
    timeout = 10
    disable_nagle_algorithm = True

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, _TcpServer)
        try:
            while head := self.rfile.read(2):
                (length,) = struct.unpack("!H", head)
                answer = answer_packet(self.rfile.read(length), server.number, over_tcp=True)
                if answer is None:
                    return
                self.wfile.write(struct.pack("!H", len(answer)) + answer)
        except (OSError, struct.error):
            return
