"""The pages, one file each: what its address asks, what the book answers, which template shows it."""
