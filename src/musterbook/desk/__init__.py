"""What people see: wiring, views, the command line; no judgement about troops lives here."""
