"""Who may use a desk: people with passwords, sessions, one-time links and keys, in a small file of their own."""
