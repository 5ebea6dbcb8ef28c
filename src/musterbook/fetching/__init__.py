"""The only place of Musterbook that fetches from the web: politely, within limits, and from public addresses alone."""
