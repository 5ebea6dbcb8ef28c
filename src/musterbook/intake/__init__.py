"""Bytes -> Report: text, Markdown, HTML, JSON lines; day of publication; agencies credited."""
