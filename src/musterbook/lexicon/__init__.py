"""Loads, checks and compiles language packs and registers; the only reader of their files."""
