"""Writes signatures.tsv: requests and the headers that botocore's signer gives them.

Run by hand with botocore 1.43.11 (`pip install botocore==1.43.11`); the table is committed, so tests need no Python.
Columns, texts in hexadecimal: service, region, method, URL, body, session token, headers sent (lines of
name 0x01 value), Authorization, X-Amz-Content-SHA256 (empty where it is not sent).
"""
import datetime
import os
import random
from urllib.parse import quote

import botocore.auth
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

COUNT = 720
MOMENT = datetime.datetime(2026, 11, 21, 3, 4, 5)
KEY = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
LETTERS = "abcXYZ019-_.~/ +%&=?#:@!$'()*,;[]한글é\"<>|{}"
# Protocol, signing name, host prefix, region where it is fixed.
SERVICES = [
    ("json", "ecs", "ecs", None),
    ("json", "ecr", "api.ecr", None),
    ("json", "monitoring", "monitoring", None),
    ("query", "iam", "iam", "us-east-1"),
    ("query", "sts", "sts", None),
    ("ec2", "ec2", "ec2", None),
    ("rest-xml", "route53", "route53", "us-east-1"),
    ("rest-xml", "s3", "s3", None),
    ("rest-xml", "s3", "bucket.s3", None),
    ("rest-json", "elasticfilesystem", "elasticfilesystem", None),
    ("rest-json", "backup", "backup", None),
]
CONTENT_TYPES = {
    "json": "application/x-amz-json-1.1",
    "query": "application/x-www-form-urlencoded; charset=utf-8",
    "ec2": "application/x-www-form-urlencoded; charset=utf-8",
    "rest-xml": "application/xml",
    "rest-json": "application/json",
}
random.seed(20261121)
botocore.auth.get_current_datetime = lambda remove_tzinfo=True: MOMENT


def text(longest, letters=LETTERS):
    return "".join(random.choice(letters) for _ in range(random.randint(0, longest)))


def escaped(value):
    return quote(value, safe="-_.~")


def path():
    segments = [text(6, LETTERS.replace("/", "")) for _ in range(random.randint(0, 3))]
    if random.random() < 0.2:
        segments += random.choice([[".."], ["."], ["a", "..", "b"], ["", "x"], ["..", ".."], ["...", "x"], ["", ""]])
    return "/" + "/".join(map(escaped, segments)) + random.choice(["", "", "", "/"])


def query():
    pairs = []
    for _ in range(random.randint(0, 4)):
        name = random.choice(pairs)[0] if pairs and random.random() < 0.25 else text(4) or "n"
        pairs.append((name, text(5)))
    written = "&".join(escaped(name) + "=" + escaped(value) for name, value in pairs)
    if random.random() < 0.1:
        written += ("&" if written else "") + "acl"
    return written


def form():
    pairs = [("Action", "ListRoles"), ("Version", "2010-05-08")]
    pairs += [("Tags.member.%d.Value" % n, text(8)) for n in range(1, random.randint(1, 4))]
    return "&".join(name + "=" + escaped(value) for name, value in pairs).encode()


def request(protocol, host):
    if protocol in ("json", "query", "ec2"):
        method, where, asked = "POST", random.choice(["/", "/", ""]), ""
        body = form() if protocol != "json" else ('{"name":"%s"}' % text(20, "ab한é/ ")).encode()
    else:
        method = random.choice(["GET", "PUT", "POST", "DELETE", "HEAD"])
        where, asked = path(), query()
        body = text(40).encode() if method in ("PUT", "POST") else b""
    port = random.choice(["", "", "", ":443", ":8443"])
    return method, "https://" + host + port + where + ("?" + asked if asked else ""), body


def headers(protocol, body):
    fields = {}
    if body:
        fields["Content-Type"] = CONTENT_TYPES[protocol]
    if protocol == "json":
        fields["X-Amz-Target"] = "AmazonEC2ContainerServiceV20141113.ListClusters"
    if random.random() < 0.3:
        fields["X-Custom"] = "  a   b \t c "
    if random.random() < 0.3:
        fields["User-Agent"] = "migrate"
    if random.random() < 0.1:
        fields["X-Amzn-Trace-Id"] = "Root=1"
    if random.random() < 0.1:
        fields["Expect"] = "100-continue"
    return fields


def row(number):
    protocol, name, prefix, fixed = SERVICES[number % len(SERVICES)]
    region = fixed or random.choice(["ap-northeast-2", "us-west-2", "eu-central-1"])
    method, url, body = request(protocol, "%s.%s.amazonaws.com" % (prefix, region))
    token = "".join(random.choice("abc/+=") for _ in range(24)) if random.random() < 0.5 else None
    made = AWSRequest(method=method, url=url, data=body, headers=headers(protocol, body))
    sent = list(made.headers.items())
    credentials = Credentials(KEY, SECRET, token)
    if name == "s3":
        made.context["client_config"] = None
        S3SigV4Auth(credentials, name, region).add_auth(made)
    else:
        SigV4Auth(credentials, name, region).add_auth(made)
    lines = "\n".join("%s\x01%s" % pair for pair in sent)
    columns = [url, body, token or "", lines, made.headers["Authorization"], made.headers.get("X-Amz-Content-SHA256", "")]
    coded = [(value if isinstance(value, bytes) else value.encode()).hex() for value in columns]
    return "\t".join([name, region, method] + coded)


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "signatures.tsv"), "w") as file:
    for number in range(COUNT):
        file.write(row(number) + "\n")
