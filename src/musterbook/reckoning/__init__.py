"""Entries -> figures: utterances, curves, announcements with verdicts, conflicts, holds, records. Pure functions."""
