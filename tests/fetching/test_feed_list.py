"""FEEDS.toml says whom to watch; what is wrong in it is told with its line and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from musterbook.errors import UsageError
from musterbook.fetching.feedlist import Source, read_feed_list

HEAD = '[watch]\ncontact = "mailto:desk@example.org"\n'
FEED = '[[feed]]\nurl = "https://news.example/rss"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "FEEDS.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_read(tmp_path: Path) -> None:
    text = """
        [watch]
        contact = "https://example.org/about"
        every = "2h"
        pause = 20
        book = "news.sqlite"

        [[feed]]
        url = "https://News.example/rss"
        publisher = "The News"
        language = "en"
        every = "15m"
        follow = false
        only = ["troops", "soldiers"]

        [[page]]
        url = "https://ministry.example/statements"

        [[sitemap]]
        url = "https://paper.example/news.xml"
    """
    found = read_feed_list(written(tmp_path, text))
    assert (found.contact, found.pause, found.book) == (
        "https://example.org/about",
        20,
        str(tmp_path / "news.sqlite"),
    )
    assert found.sources == (
        Source("feed", "https://news.example/rss", "The News", "en", 900, False, ("troops", "soldiers")),
        Source("page", "https://ministry.example/statements", every=7200),
        Source("sitemap", "https://paper.example/news.xml", every=7200),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FEED, 'line 1: contact must say whom a publisher can write to; add to [watch]: contact = "mailto:'),
        ('[watch]\ncontact = "me"\n' + FEED, "line 2: contact must say"),
        ('[watch]\ncontact = "mailto:a@b.c) evil"\n' + FEED, "line 2: contact must say"),
        (HEAD, "it names nothing to watch; add a [[feed]]"),
        (HEAD + "[[feed]]\n", "line 3: [[feed]] needs its address"),
        (HEAD + FEED + "[[feed]]\nulr = 'x'\n", "line 6: ulr is not known here; did you mean url?"),
        (
            HEAD + FEED + "[[feed]]\n\nurl = 'ftp://x.example'\n",
            "line 7: ftp://x.example is no address that we ask",
        ),
        (
            HEAD + "[[feed]]\nurl = 'http://127.0.0.01/'\n",
            "line 4: http://127.0.0.01/ is no address that we ask",
        ),
        (
            HEAD + "[[feed]]\nurl = 'http://localhost/'\n",
            "line 4: http://localhost/ leads into a private network",
        ),
        (HEAD + "[[feed]]\nurl = 'http://x.example:8080/'\n", "line 4: http://x.example:8080/ is no address"),
        (HEAD + FEED + FEED, "line 6: https://news.example/rss is named twice"),
        (HEAD + FEED + "every = '1 minute'\n", 'line 5: every must be "15m", "1h" or "1d"'),
        (HEAD + FEED + "every = '1m'\n", "no less than"),
        (HEAD + FEED + "every = 60\n", "line 5: every must be"),
        (HEAD + FEED + "follow = 'no'\n", "line 5: follow must be true or false"),
        (HEAD + FEED + "only = 'troops'\n", "line 5: only must be a list of words"),
        (HEAD + FEED + "only = ['']\n", "line 5: only must be a list of words"),
        (HEAD + FEED + "publisher = 3\n", "line 5: publisher must be words"),
        (HEAD + FEED + "language = 'english'\n", "line 5: 'english' is no code of a language"),
        (HEAD + "[[page]]\nurl = 'https://a.example/'\nfollow = true\n", "line 5: follow is not known here"),
        (HEAD + "pause = 0\n" + FEED, "line 3: pause must be a number from 1 to 3600"),
        (HEAD + "pause = true\n" + FEED, "line 3: pause must be a number"),
        (HEAD + "connections = 1000\n" + FEED, "line 3: connections must be a number"),
        (HEAD + "ports = ['x']\n" + FEED, "line 3: ports must be a list of numbers"),
        (HEAD + FEED + "[feeds]\n", "[feeds] is no part of it; did you mean feed?"),
        (HEAD + "[feed]\nurl = 'https://a.example/'\n", "line 3: write [[feed]] with two brackets"),
        ("feed = [1]\n" + HEAD, "feed must be a table"),
        ("watch = 1\n", "watch must be a table"),
        (HEAD + FEED + "url = 'twice'\n", "is not written as TOML"),
        (HEAD + "[[feed]\n", "is not written as TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as found:
        read_feed_list(path)
    assert str(found.value).startswith(str(path))
    assert said in str(found.value)


def test_other_ports_are_allowed_by_name(tmp_path: Path) -> None:
    text = HEAD + "ports = [8080]\n[[feed]]\nurl = 'http://x.example:8080/'\n"
    assert read_feed_list(written(tmp_path, text)).sources[0].url == "http://x.example:8080/"


def test_a_list_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        read_feed_list(tmp_path / "none.toml")
    (tmp_path / "FEEDS.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        read_feed_list(tmp_path / "FEEDS.toml")


def test_the_example_of_the_page_is_a_list(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs/watch.md"
    example = page.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    found = read_feed_list(written(tmp_path, example))
    assert [source.kind for source in found.sources] == ["feed", "feed", "page", "sitemap"]
