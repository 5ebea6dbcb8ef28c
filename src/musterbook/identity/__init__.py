"""Statement -> Contingent: whose troops, where, under which mission, valid on a day."""
