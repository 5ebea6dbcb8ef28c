"""The API of the web desk under ``/api/v1``: one file a subject, over the same functions as pages and commands."""
