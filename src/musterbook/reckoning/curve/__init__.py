"""Strength over time: what the book supports for every day, with bounds, from all that was said before and after.

grid.py      the numbers that a strength may have
motion.py    how it moves while nobody tells
hearing.py   what one statement makes of it, by rounding, bounds, source and age
pulls.py     where announcements draw it, and how often they come true
passes.py    forward and backward through all that was said
together.py  many strengths on one day
curve.py     the face: one contingent's curve, and its estimates
"""
