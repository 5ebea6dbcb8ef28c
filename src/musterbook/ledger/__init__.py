"""The book: append-only entries, two clocks, one contract for all stores."""
