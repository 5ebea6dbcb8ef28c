"""Whole archives at once: one function reads one archive, many processes run it, one writer keeps the book."""
