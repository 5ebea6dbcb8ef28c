"""The steps from every form that a book ever had to the present one; Alembic goes through them in order.

A step is never changed after its release. All steps of one migration are one transaction: a migration that is
killed has done nothing, and is simply run again.
"""
