"""Documents of strangers are parsed in a child process that may be killed; what it says is checked like any input."""
