"""What is harmless to print; said for every face at once in ``musterbook.safe``."""

from musterbook.safe import as_cell, harmless, on_one_line

__all__ = ["as_cell", "harmless", "on_one_line"]
