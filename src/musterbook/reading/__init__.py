"""Report -> Statements: sentences, numbers, names, dates, voices; binding; grounding. Pure functions."""
