"""The desk as plain files: whole, the same each time, and at home anywhere."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from musterbook.api import OpenBook
from musterbook.desk.cli import main
from musterbook.desk.web.publishing import folder
from musterbook.desk.web.publishing.addresses import Address, address_in
from musterbook.desk.web.publishing.folder import MANIFEST, READY
from musterbook.desk.web.publishing.rewriting import CLOSED, rewritten
from musterbook.desk.web.publishing.site import Published, publish
from musterbook.errors import UsageError
from seen import browsing, needs_chromium, watched
from web_desk import TODAY, Desk, told

BASE = "https://newsroom.example/troops/"


def put(book: OpenBook, place: Path, base: str = "", days: int = 0) -> Published:
    return publish(book, place, base, "Troops", TODAY + timedelta(days), lambda _done, _all: None)


def files(place: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(place)): one.read_bytes() for one in sorted(place.rglob("*")) if one.is_file()
    }


class Links(HTMLParser):
    """Every address that a page names, and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [
            value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action")
        ]


@pytest.fixture
def site(desk: Desk, tmp_path: Path) -> Path:
    put(desk.book, tmp_path / "site")
    return tmp_path / "site"


def test_every_link_of_a_site_leads_to_a_file_of_it(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        for link in Links(page.read_text()).links:
            parts = urlsplit(link)
            assert not parts.scheme, f"{page}: {link}"
            assert not link.startswith("/"), f"{page}: {link}"
            target = urljoin(page.as_uri(), link)
            assert Path(unquote(urlsplit(target).path)).is_file(), f"{page}: {link}"


def test_nothing_of_a_site_needs_a_server(site: Path) -> None:
    for page in site.rglob("*.html"):
        words = page.read_text()
        assert "form" not in Links(words).tags
        assert 'http-equiv="Content-Security-Policy"' in words
        assert "sign in" not in words.lower()
    assert not (site / "review").exists()
    assert not (site / "search").exists()


def test_figures_evidence_tables_and_feeds_are_there(desk: Desk, site: Path) -> None:
    assert "2,500" in (site / "index.html").read_text()
    for statement in desk.book.statements():
        assert (site / "statement" / statement.id / "index.html").is_file()
    rows = json.loads((site / "data/statements.json").read_text())
    assert {row["id"] for row in rows} == {statement.id for statement in desk.book.statements()}
    assert (site / "data/contingents.csv").read_text().startswith("contingent,force,place,")
    for feed in site.rglob("*.atom"):
        assert b"musterbook.invalid" not in feed.read_bytes()
        ElementTree.parse(feed)  # noqa: S314 -- written by us


def test_written_twice_a_site_is_the_same_and_nothing_is_touched(
    desk: Desk, site: Path, tmp_path: Path
) -> None:
    before = {one: one.stat().st_mtime_ns for one in site.rglob("*") if one.is_file()}
    again = put(desk.book, site)
    assert (again.written, again.removed) == (0, 0)
    assert before == {one: one.stat().st_mtime_ns for one in site.rglob("*") if one.is_file()}
    put(desk.book, tmp_path / "other")
    assert files(site) == files(tmp_path / "other")


def test_what_is_gone_from_the_book_goes_from_the_site_and_nothing_else(desk: Desk, site: Path) -> None:
    (site / "CNAME").write_text("newsroom.example")
    gone = next(s for s in desk.book.statements() if s.figures.level == 900)
    assert (site / "usa/syr/index.html").exists()
    desk.book.add(told(("Some 40 U.S. troops are in Jordan, he said.", "2021-05-01", "Daily Two")))
    desk.book.retract(gone.id, "a misprint")
    came = put(desk.book, site)
    assert came.written > 0
    assert (site / "usa/jor/index.html").exists()
    assert not (site / "usa/syr").exists()
    assert (site / "CNAME").read_text() == "newsroom.example"


def test_a_folder_with_something_else_in_it_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="holds files that publish did not write"):
        put(desk.book, tmp_path / "thesis")
    assert files(tmp_path / "thesis") == {"index.html": b"mine"}


def test_a_file_of_somebody_else_is_not_written_over(desk: Desk, site: Path) -> None:
    (site / "usa" / "jor").mkdir()
    (site / "usa" / "jor" / "index.html").write_text("mine")
    desk.book.add(told(("Some 40 U.S. troops are in Jordan, he said.", "2021-05-01", "Daily Two")))
    with pytest.raises(UsageError, match="was not written by publish"):
        put(desk.book, site)
    assert (site / "usa/jor/index.html").read_text() == "mine"


def test_a_manifest_that_leads_out_of_the_folder_is_refused(desk: Desk, site: Path, tmp_path: Path) -> None:
    (tmp_path / "dear.txt").write_text("dear")
    (site / MANIFEST).write_text(json.dumps({"files": ["../dear.txt"]}))
    with pytest.raises(UsageError, match="lies outside"):
        put(desk.book, site)
    assert (tmp_path / "dear.txt").exists()


class KilledError(Exception):
    """As a process that is killed there."""


def test_a_run_that_is_killed_while_it_walks_leaves_the_old_site(
    desk: Desk, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, put_there = files(site), folder.Folder.put
    desk.book.add(told(("Some 40 U.S. troops are in Jordan, he said.", "2021-05-01", "Daily Two")))
    for steps in (1, 5, 12):
        left = iter(range(steps))

        def put_or_die(self: folder.Folder, name: str, content: bytes, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KilledError
            put_there(self, name, content)

        with monkeypatch.context() as patched:
            patched.setattr(folder.Folder, "put", put_or_die)
            with pytest.raises(KilledError):
                put(desk.book, site)
        assert {name: held for name, held in files(site).items() if not name.startswith(READY)} == before
    put(desk.book, site)
    assert (site / "usa/jor/index.html").exists()
    assert not (site / READY).exists()


def test_a_run_that_is_killed_while_files_change_places_is_finished_by_the_next(
    desk: Desk, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.book.add(told(("Some 40 U.S. troops are in Jordan, he said.", "2021-05-01", "Daily Two")))
    put(desk.book, tmp_path / "whole")
    moved = iter(range(6))
    replace = Path.replace

    def replace_or_die(self: Path, target: Path) -> Path:
        if next(moved, None) is None:
            raise KilledError
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace_or_die)
        with pytest.raises(KilledError):
            put(desk.book, site)
    assert (site / READY).exists()
    folder.opened(site)  # as the next run begins
    assert files(site) == files(tmp_path / "whole")


def test_with_its_address_a_site_has_a_map_for_search_engines_and_feeds_that_lead_there(
    desk: Desk, tmp_path: Path
) -> None:
    put(desk.book, tmp_path / "site", BASE)
    map_of_it = (tmp_path / "site/sitemap.xml").read_text()
    assert f"<loc>{BASE}usa/irq/</loc>" in map_of_it
    assert f"Sitemap: {BASE}sitemap.xml" in (tmp_path / "site/robots.txt").read_text()
    for feed in (tmp_path / "site").rglob("*.atom"):
        read = ElementTree.parse(feed)  # noqa: S314 -- written by us
        links = [one.get("href", "") for one in read.iter("{http://www.w3.org/2005/Atom}link")]
        assert links
        assert all(link.startswith(BASE) for link in links)


def test_the_command_tells_what_it_wrote(desk: Desk, tmp_path: Path) -> None:
    book = str(desk.book.ledger.store.name)
    run = CliRunner().invoke(main, ["publish", str(tmp_path / "site"), "--book", book, "--json"])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["written"] > 8
    wrong = CliRunner().invoke(
        main, ["publish", str(tmp_path / "b"), "--book", book, "--base-url", "newsroom"]
    )
    assert wrong.exit_code == 2
    assert "write it as https://" in wrong.output


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("/", "index.html"),
        ("/un:minusma/mli", "un~3aminusma/mli/index.html"),
        ("/usa/irq?page=2", "usa/irq/~page-2/index.html"),
        ("/usa/irq/curve.svg?mission=un:minusma", "usa/irq/curve~mission-un~3aminusma.svg"),
        ("/api/v1/contingents/USA/IRQ/curve", "api/v1/contingents/USA/IRQ/curve.json"),
        ("/sources/%2e%2e%2f%2e%2e%2fetc", "sources/~2e.~2f..~2fetc/index.html"),
        ("/static/desk.css?v=1", "static/desk.css"),
    ],
)
def test_a_file_is_named_for_its_address_and_lies_in_the_folder(link: str, file: str) -> None:
    found = address_in(link, Address("/"))
    assert found is not None
    assert found[0].file == file


def test_a_page_is_kept_but_for_its_links_and_forms() -> None:
    page = (
        '<head>\n<p a="1>2">A &amp; B &#x27;</p><form><form-ish></form-ish><a href="/x">in</a></form><ul><li>'
        '<a href="/closed">gone</a></li></ul><a class="c" href="/a?x=1&amp;y=2">kept</a><svg><use href="#u"/></svg>'
    )
    asked: list[str] = []

    def find(link: str, whole: bool) -> object:
        asked.append(link)
        return {"/closed": CLOSED, "#u": "#u"}.get(link, "a.html?b&c")

    found = rewritten(page, find)
    assert asked == ["/closed", "/a?x=1&y=2", "#u"]
    assert found.endswith('<ul></ul><a class="c" href="a.html?b&amp;c">kept</a><svg><use href="#u"/></svg>')
    assert '<p a="1>2">A &amp; B &#x27;</p><ul>' in found


def test_a_step_to_a_neighbour_that_is_not_there_goes() -> None:
    page = '<nav class="steps" aria-label="Time">\n<a rel="prev" href="/?on=x">before</a></nav><a href="/y">words</a>'
    assert rewritten(page, lambda _link, _whole: None) == "<a>words</a>"


class Quiet(SimpleHTTPRequestHandler):
    """A web host that does not talk."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as the library calls it
        return


@pytest.fixture
def host(site: Path) -> Iterator[str]:
    """The site in a folder below the root of a web host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    server.shutdown()
    server.server_close()


@needs_chromium
def test_a_browser_reads_a_site_from_a_web_host_and_from_a_disk(site: Path, host: str) -> None:
    with browsing() as browser:
        for start in (host, f"{(site / 'index.html').as_uri()}"):
            seen = watched(browser)
            page = seen.page((host, site.as_uri()))
            page.goto(start)
            assert page.evaluate("getComputedStyle(document.body).margin") == "0px", (
                "the style sheet is there"
            )
            page.get_by_role("link", name="Iraq").first.click()
            page.wait_for_url("**/usa/irq/**")
            assert "Iraq" in page.inner_text("h1")
            page.locator("a[href*='statement/']").first.click()
            page.wait_for_url("**/statement/**")
            assert page.locator("mark").count() > 0
            assert seen.complaints == []
            assert seen.outside == []
