"""Archives as they are in the wild: damage costs what it hit and nothing else, and is counted."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from random import Random

import brotli
import pytest

import archived
from musterbook.intake.limits import PAGE_LIMIT
from musterbook.intake.warc import Archive, Condition, Page


def read(path: Path) -> tuple[list[Page], Condition]:
    archive = Archive(path)
    return list(archive.pages()), archive.condition


@pytest.mark.parametrize("how", ["gzip", "zstd", "plain"])
def test_a_sound_archive_gives_every_page_once(tmp_path: Path, how: str) -> None:
    bodies = archived.pages(12)
    found, condition = read(archived.write(tmp_path / "a.warc", bodies, how))
    assert [page.raw for page in found] == bodies
    assert [page.number for page in found] == list(range(1, 13))
    assert found[0].url == "https://a.example/0"
    assert (condition.records, condition.damaged, condition.truncated) == (12, 0, False)


@pytest.mark.parametrize("how", ["gzip", "zstd"])
@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_member_costs_only_itself(tmp_path: Path, how: str, seed: int) -> None:
    """Random bytes of random members are turned over; all the others are read, and the damage is counted."""
    luck = Random(seed)
    bodies = archived.pages(30)
    parts = archived.packed(archived.members(bodies), how)
    hit = sorted(luck.sample(range(1, 29, 2), luck.randrange(1, 5)))  # no two side by side
    for n in hit:
        raw = bytearray(parts[n])
        for _ in range(4):
            raw[luck.randrange(12, len(raw) - 1)] ^= luck.randrange(1, 256)
        parts[n] = bytes(raw)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(parts))
    found, condition = read(path)
    texts = {page.raw for page in found}
    assert all(body in texts for n, body in enumerate(bodies) if n not in hit)
    if how == "gzip":  # where zstd keeps no checksum, a turned byte may go unseen
        assert condition.damaged == len(hit)
        assert len(found) == 30 - len(hit)


def test_what_was_found_behind_damage_is_marked(tmp_path: Path) -> None:
    parts = archived.packed(archived.members(archived.pages(4)))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(parts[0] + b"garbage " * 50 + b"".join(parts[1:]))
    found, condition = read(path)
    assert [page.recovered for page in found] == [False, True, True, True]
    assert (condition.damaged, condition.recovered) == (1, 3)


@pytest.mark.parametrize("lost", [1, 9, 200])
def test_a_cut_off_end_is_reported(tmp_path: Path, lost: int) -> None:
    raw = b"".join(archived.packed(archived.members(archived.pages(5))))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(raw[:-lost])
    found, condition = read(path)
    assert condition.truncated
    assert len(found) >= 4


def test_a_cut_off_plain_archive_is_reported(tmp_path: Path) -> None:
    raw = b"".join(archived.members(archived.pages(5)))
    path = tmp_path / "a.warc"
    path.write_bytes(raw[:-300])
    found, condition = read(path)
    assert condition.truncated
    assert len(found) == 4


def test_a_broken_line_in_a_plain_archive_ends_nothing(tmp_path: Path) -> None:
    parts = archived.members(archived.pages(5))
    parts[2] = parts[2].replace(b"WARC/1.", b"XARC/1.", 1)
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(parts))
    found, condition = read(path)
    assert len(found) == 4
    assert condition.damaged == 1


@pytest.mark.parametrize("how", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("length", [b"0", b"7", b"-5", b"some", b"", b"1000", b"999999"])
def test_a_wrong_length_ends_nothing_and_costs_one_record(tmp_path: Path, how: str, length: bytes) -> None:
    records = archived.members(archived.pages(6))
    records[2] = re.sub(rb"Content-Length: \d+", b"Content-Length: " + length, records[2], count=1)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(archived.packed(records, how)))
    found, condition = read(path)
    assert {page.url[-1] for page in found} >= set("01345")
    assert condition.damaged == 1
    assert not condition.truncated


def test_missing_headers_are_survived(tmp_path: Path) -> None:
    raw = b"".join(archived.members(archived.pages(3)))
    for name in (b"WARC-Target-URI", b"WARC-Date", b"WARC-Record-ID", b"Content-Type: text/html"):
        raw = raw.replace(name, b"X" * (len(name) - 1) + b":" if name.endswith(b"l") else b"X" * len(name))
    path = tmp_path / "a.warc"
    path.write_bytes(raw)
    found, condition = read(path)
    assert len(found) == 3
    assert {(page.url, page.retrieved) for page in found} == {("", "")}
    assert condition.damaged == 0


def test_a_page_that_unpacks_to_too_much_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    for size in (PAGE_LIMIT + 1, 80_000_000):
        bodies = [*archived.pages(2), b"a" * size, *archived.pages(2)]
        found, condition = read(archived.write(tmp_path / f"{size}.warc.gz", bodies))
        assert len(found) == 4
        assert condition.refused == 1
        assert condition.records == 5


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in [*pieces, b""])


SENT = {
    "Content-Encoding: gzip": gzip.compress,
    "Content-Encoding: deflate": zlib.compress,
    "Content-Encoding: br": brotli.compress,
    "Transfer-Encoding: chunked": chunked,
    "Content-Encoding: gzip\r\nTransfer-Encoding: chunked": lambda body: chunked(gzip.compress(body)),
    "Content-Encoding: identity": bytes,
    "Content-Encoding: gzip\r\nX-Unpacked: yes": bytes,
}


@pytest.mark.parametrize("header", SENT)
def test_a_page_that_was_sent_packed_or_in_pieces_is_made_whole(tmp_path: Path, header: str) -> None:
    """Also where its header says so and an archive had unpacked it already."""
    body = archived.pages(1)[0]
    path = tmp_path / "a.warc"
    path.write_bytes(archived.members([SENT[header](body)], kind=f"text/html\r\n{header}")[0])
    found, _ = read(path)
    assert [page.raw for page in found] == [body]


def test_a_small_page_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * 200_000_000, 9)
    records = archived.members([bomb], kind="text/html\r\nContent-Encoding: gzip")
    records += archived.members(archived.pages(1))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(archived.packed(records)))
    found, condition = read(path)
    assert len(found) == 1
    assert condition.refused == 1


def test_pictures_requests_and_errors_are_no_pages(tmp_path: Path) -> None:
    records = archived.members(archived.pages(1))
    records += archived.members([b"\x89PNG"], kind="image/png")
    records += [archived.members(archived.pages(1))[0].replace(b"200 OK", b"404 No")]
    records += [
        archived.members(archived.pages(1))[0].replace(b"WARC-Type: response", b"WARC-Type: request ")
    ]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(archived.packed(records)))
    found, condition = read(path)
    assert len(found) == 1
    assert condition.records == condition.pages + condition.others == 4


def test_any_bytes_end_in_counts(tmp_path: Path) -> None:
    """Strange files never raise and never hang."""
    luck = Random(4)
    sound = b"".join(archived.packed(archived.members(archived.pages(3))))
    files = [b"", b"\x1f\x8b", b"WARC/1.0", gzip.compress(b""), luck.randbytes(5000), b"\x1f\x8b\x08" * 2000]
    files += [sound[luck.randrange(len(sound)) :] for _ in range(20)]
    for n, raw in enumerate(files):
        path = tmp_path / f"{n}.warc.gz"
        path.write_bytes(raw)
        found, condition = read(path)
        assert condition.records == condition.pages + condition.others + condition.refused
        assert len(found) == condition.pages
