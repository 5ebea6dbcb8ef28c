"""The web desk: pages and an API over one book, for people who would rather look than read."""
