"""A child that does what its document says: it stands for any parser that strange input gets the better of."""

import os
import signal
import sys
import time

from musterbook.cells.child import confine, more_time
from musterbook.cells.frames import READY, receive, send
from musterbook.intake.limits import MB, Allowance


def main() -> None:
    """Obey, document by document."""
    allowance = Allowance(float(sys.argv[1]), *map(int, sys.argv[2:]))
    inward, outward = sys.stdin.buffer, sys.stdout.buffer
    confine(allowance)
    send(outward, READY)
    while receive(inward, MB) is not None:
        deed = (receive(inward, MB) or b"").decode()
        more_time(allowance)
        send(
            outward, DEEDS.get(deed, lambda: b"")() or b'doubt\t{"stage":"intake","code":"x","message":"m"}\n'
        )


def sleep() -> None:
    """Say nothing for a minute."""
    time.sleep(60)


def work() -> None:
    """Never end."""
    while True:
        pass


def eat() -> None:
    """Take memory bit by bit, up to any limit that is not a watch."""
    held = []
    while True:
        held.append(bytes(range(256)) * 4_000)
        time.sleep(0.0005)


def die() -> None:
    """As after a wild pointer."""
    os.kill(os.getpid(), signal.SIGSEGV)


def stop_short() -> None:
    """Promise much, say little, and wait."""
    os.write(1, (1_000).to_bytes(4, "big") + b"report")
    time.sleep(60)


def boast() -> None:
    """Promise more than anyone would take."""
    os.write(1, (2**32 - 1).to_bytes(4, "big"))
    time.sleep(60)


DEEDS = {
    "sleep": sleep,
    "work": work,
    "eat": eat,
    "die": die,
    "stop short": stop_short,
    "boast": boast,
    "leave": lambda: sys.exit(3),
    "lie": lambda: b'report\t{"text":7}\n',
    "babble": lambda: b"\xff\x00 what a day",
    "invent": lambda: b"verdict\t{}\n",
    "lack memory": lambda: b'memory\t"512 MB"\n',
    "fail": lambda: b'failed\t"ValueError: no"\n',
    "pid": lambda: b'doubt\t{"stage":"intake","code":"x","message":"%d"}\n' % os.getpid(),
    "environment": lambda: (
        b'doubt\t{"stage":"intake","code":"x","message":"%s"}\n' % " ".join(os.environ).encode()
    ),
}

if __name__ == "__main__":
    main()
