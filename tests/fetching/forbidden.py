"""Addresses that nobody may connect to, and the ways in which they can be spelled."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address

FORBIDDEN_4 = [
    "0.0.0.0",  # noqa: S104 -- nobody binds to it: it is refused
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
]
FORBIDDEN_6 = [
    "::1",
    "::",
    "::2",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff::1",
    "ff02::1",
    "ff0e::1",
    "100::1",
    "2001:db8::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "4000::1",
    "::ffff:0:7f00:1",
    "2600::5efe:7f00:1",
    "2600::200:5efe:a00:1",
    "3ffe::1",
]
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")
OCTAL, HEX = "0{:o}", "0x{:x}"


def spellings_4(number: str) -> Iterator[str]:
    """Hosts that some program reads as this number."""
    a, b, c, d = parts = [int(part) for part in number.split(".")]
    whole = int(IPv4Address(number))
    yield number
    yield f"{number}."
    yield f"{whole}"
    yield hex(whole)
    yield hex(whole).upper().replace("X", "x")
    yield OCTAL.format(whole)
    yield ".".join(HEX.format(part) for part in parts)
    yield ".".join(OCTAL.format(part) for part in parts)
    yield ".".join(f"{part:03d}" for part in parts)
    yield f"{a}.{b}.{c * 256 + d}"
    yield f"{a}.{b * 65536 + c * 256 + d}"
    yield f"{hex(a)}.{b}.{c}.0{d:o}"
    yield number.translate(FULL_WIDTH)
    yield number.translate(CIRCLED)
    yield number.replace(".", "。")
    yield number.replace(".", "｡")
    yield "".join(f"%{ord(sign):02x}" for sign in number)
    yield f"[::ffff:{number}]"
    yield f"[::ffff:{whole >> 16:x}:{whole & 0xFFFF:x}]"
    yield f"[0:0:0:0:0:ffff:{number}]"
    yield f"[::{number}]"
    yield f"[64:ff9b::{number}]"
    yield f"[64:ff9b:1::{number}]"
    yield f"[2002:{whole >> 16:x}:{whole & 0xFFFF:x}::]"
    yield f"[2001:0:1:2:3:4:{(whole >> 16) ^ 0xFFFF:x}:{(whole & 0xFFFF) ^ 0xFFFF:x}]"
    yield f"[2600::5efe:{number}]"
    yield f"good.example@{number}"
    yield f"good.example:80@{number}"
    yield f"{number}\\@good.example"
    yield f"good.example\\@{number}"
    yield f"{number}%00.good.example"
    yield f"{number}%2f.good.example"
    yield f"{number}\t"
    yield f"{number} .good.example"


def spellings_6(number: str) -> Iterator[str]:
    yield f"[{number}]"
    yield f"[{ip_address(number).exploded}]"
    yield f"[{number}%eth0]"
    yield f"[{number}%251]"
    yield number
    yield f"good.example@[{number}]"


NAMES = [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "localhost.localdomain",
    "printer.local",
    "db.internal",
    "router.lan",
    "nas.home",
    "intranet",
    "x.corp",
    "x.arpa",
    "1.0.0.127.in-addr.arpa",
    "metadata",
    "metadata.google.internal",
    "ⓛocalhost",
    "loc\u200balhost",
    "lo\xadcalhost",
    "example.onion",
    "x.invalid",
    ".",
    "..",
    "a..b",
    "-",
    "-a.example",
    "a-.example",
    "_",
    "[",
    "[]",
    "[::1",
    "::1]",
    "[v1.a]",
]
ELSEWHERE = [
    "file:///etc/passwd",
    "ftp://good.example/",
    "gopher://good.example:70/_x",
    "dict://good.example/",
    "data:text/html,x",
    "javascript:alert(1)",
    "unix:/run/x.sock",
    "//good.example/",
    "good.example",
    "http:",
    "http://",
    "http:///",
    "http:good.example",
    "https:/127.0.0.1/",
    "http://good.example:22/",
    "http://good.example:65536/",
    "http://good.example:-1/",
    "http://good.example:port/",
    "jar:http://good.example!/",
    "ws://good.example/",
    "http://user:pw@good.example/",
    "http://good.example\\.evil.example/",
    "http://@good.example/",
    "ht\ttp://good.example/",
    "http://good.ex\nample/",
    "http://good.example/\r\nHost:127.0.0.1",
]


def forbidden() -> list[str]:
    hosts = [spelling for number in FORBIDDEN_4 for spelling in spellings_4(number)]
    hosts += [spelling for number in FORBIDDEN_6 for spelling in spellings_6(number)]
    with_port = [f"http://{host}:{{port}}/" for host in (*hosts, *NAMES)]
    return [*with_port, *(f"https://{host}/" for host in (*hosts, *NAMES)), *ELSEWHERE]
