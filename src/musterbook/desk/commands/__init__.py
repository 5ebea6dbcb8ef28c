"""One file a command: it reads arguments, calls one function and prints what comes back."""
