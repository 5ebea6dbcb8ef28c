"""Loaded once by the process from which all readers are forked: packs, registers and the gate are ready in each."""

from musterbook.intake.gate import the_gate
from musterbook.model import Report
from musterbook.reading.reader import read

the_gate()
read(Report("About 900 U.S. troops remain in Syria."), learned=False)
