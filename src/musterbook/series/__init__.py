"""Tables of official figures become reports and statements, row by row; no language is read here."""
