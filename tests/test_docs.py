"""Documents cannot go stale: what they show is run, what they list is complete, their links lead on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from shown import ROOT, documents, run, shown_in, snippets_in, surroundings

PAGES = [*documents(), *(ROOT / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
RENEW = "run `.venv/bin/python tests/shown.py` and read the difference"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", documents(), ids=name_of)
def test_every_command_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    for shown in shown_in(page.read_text(encoding="utf-8")):
        if shown.is_run:
            output, code = run(shown, tmp_path)
            assert code == shown.code, f"{shown.command} ended with {code}:\n{output}"
            assert output == shown.output, f"{name_of(page)}: {shown.command}; {RENEW}"


@pytest.mark.parametrize("page", documents(), ids=name_of)
def test_every_python_snippet_runs(page: Path, tmp_path: Path) -> None:
    for mode, snippet in snippets_in(page.read_text(encoding="utf-8")):
        if mode != "not run":
            call = [sys.executable, "-c", snippet]
            done = subprocess.run(
                call,
                cwd=tmp_path,
                env=surroundings(tmp_path),
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert done.stdout.splitlines() == promised(snippet), f"{name_of(page)} shows another output"


def promised(snippet: str) -> list[str]:
    """What the remarks after a snippet's prints say that it prints."""
    return [line[3:] for line in snippet.splitlines() if line.startswith("#> ")]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        if not target.startswith(("http://", "https://", "mailto:")):
            file, _, anchor = target.partition("#")
            there = (page.parent / file).resolve() if file else page
            assert there.exists(), f"{name_of(page)} points to {target}"
            assert not anchor or anchor in anchors(there), f"{name_of(page)} points to {target}"


def anchors(page: Path) -> set[str]:
    """The headings of a page as a link names them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES[1:], ids=name_of)
def test_every_page_can_be_reached_from_the_readme(page: Path) -> None:
    assert name_of(page) in (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    from musterbook.desk.cli import main

    return dict(below(main, ""))


def below(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """The commands of a group and of the groups in it, by all their names: "register who"."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from below(command, f"{path}{name} ")


def test_every_command_and_option_stands_in_the_command_page() -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert section, f"docs/cli.md has no section {name}"
        options = [o for p in command.params if isinstance(p, click.Option) and not p.hidden for o in p.opts]
        assert [option for option in options if option not in section] == [], name


def test_every_file_of_words_and_names_is_told_of() -> None:
    page = (ROOT / "docs/adding-words.md").read_text(encoding="utf-8")
    package = ROOT / "src/musterbook"
    files = [*(package / "packs/en").glob("*.toml"), *(package / "registers").glob("*.csv")]
    assert [file.name for file in files if f"`{file.name}`" not in page] == []


def test_every_folder_of_the_package_stands_in_the_tree() -> None:
    tree = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## The tree")[2]
    parts = [
        path for path in (ROOT / "src/musterbook").iterdir() if not path.name.startswith(("_", "py.typed"))
    ]
    names = [f"{path.name}/" if path.is_dir() else path.name for path in parts]
    assert [name for name in names if name not in tree] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8")))
        assert named <= targets, name_of(page)


def test_the_frozen_figures_are_of_both_parts() -> None:
    figures = json.loads((ROOT / "bench/accuracy.json").read_text(encoding="utf-8"))
    assert {"tune", "aside"} <= set(figures)


def test_the_citation_names_what_the_package_names() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    assert version
    for line in ("cff-version: 1.2.0", "title: Musterbook", "license: MIT", f"version: {version.group(1)}"):
        assert line in cited.splitlines()


def test_the_changelog_begins_with_this_version() -> None:
    import musterbook

    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert next(name for name in headings if name != "Unreleased") == musterbook.__version__


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    reasons = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## What we lean on")[2]
    names = {re.split(r"[\[<>=~! ]", line)[0] for line in lines} - {project["name"]}
    assert [name for name in names if f"`{name}`" not in reasons] == []
