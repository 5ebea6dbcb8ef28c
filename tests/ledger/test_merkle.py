"""The tree gives the hashes that the authors of RFC 6962 published, and its paths lead to its root."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterbook.ledger.merkle import EMPTY, Edge, is_in, leaf_hash, node_hash, path_of, root_of

# The test data of the Certificate Transparency reference implementation.
INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
LEAVES = [leaf_hash(bytes.fromhex(held)) for held in INPUTS]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {  # (place from 0, size): lowest sister first
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}


def naive_root(leaves: list[bytes]) -> bytes:
    """As the RFC defines it, word by word."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_the_published_ones(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_paths_are_the_published_ones(index: int, size: int) -> None:
    path = path_of(LEAVES[:size], index, size)
    assert tuple(sister.hex() for sister in path) == PATHS[index, size]
    assert is_in(LEAVES[index], index, size, path, bytes.fromhex(ROOTS[size - 1]))


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 8))
def test_a_tree_grown_in_any_steps_has_the_root_of_the_definition(first: int, second: int, seed: int) -> None:
    leaves = [leaf_hash(bytes([seed, n])) for n in range(first + second)]
    edge = Edge().grown(leaves[:first]).grown(leaves[first:])
    assert edge.root == naive_root(leaves)
    assert Edge.read(edge.size, edge.write()) == edge
    assert sum(edge.parts) == edge.size


@given(st.integers(1, 70), st.data())
def test_a_path_proves_its_own_leaf_in_its_own_place_and_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    index, other = (data.draw(st.integers(0, size - 1)) for _ in range(2))
    root, path = root_of(leaves), path_of(leaves, index, size)
    assert is_in(leaves[index], index, size, path, root)
    assert is_in(leaves[other], index, size, path, root) == (index == other)
    assert is_in(leaves[index], other, size, path, root) == (index == other)
    assert not is_in(leaves[index], index, size, [*path, root], root)
    assert not path or not is_in(leaves[index], index, size, path[:-1], root)
    assert not is_in(leaves[index], size, size, path, root)


@pytest.mark.parametrize("written", ["", "00", "zz" * 32, "AA" * 32, "aa" * 64])
def test_peaks_that_cannot_be_a_tree_of_one_leaf_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"peaks|hexadecimal"):
        Edge.read(1, written)
