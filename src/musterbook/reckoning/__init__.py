"""Entries -> figures: latest strength, open and past-due announcements, conflicts. Pure functions."""
