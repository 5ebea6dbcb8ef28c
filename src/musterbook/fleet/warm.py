"""Loaded once where archives are read, or where readers are forked from: packs, registers and the gate are ready."""

import gc

from musterbook.intake.gate import the_gate
from musterbook.model import Report
from musterbook.reading.reader import read

the_gate()
read(Report("About 900 U.S. troops remain in Syria."), learned=False)
gc.collect()
gc.freeze()  # what is loaded once is not looked through again and again for garbage
