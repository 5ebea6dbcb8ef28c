"""Where a book is kept: memory, SQLite, later PostgreSQL; all behind one contract."""
