"""Counts what was checked and collects what is wrong, so that one run tells everything."""

import os
import re
import sys
import time

LIMIT = 200
ALIKE = 6       # of one place and kind


def cannot_run(why):
    """A check that looked at nothing must not look like one that passed."""
    print(why, file=sys.stderr)
    sys.exit(2)


class Report:
    def __init__(self, name):
        self.name = name
        self.checked = 0
        self.wrong = []
        self.started = time.monotonic()

    def check(self, right, place, what):
        """One check: true if it holds; otherwise the place and what is wrong there are kept for the end."""
        self.checked += 1
        if not right:
            self.wrong.append(f"{place}: {what}")
        return bool(right)

    def add(self, found):
        """Takes in what another process checked: how much, and the messages."""
        self.checked += found.checked
        self.wrong += found.wrong

    def finish(self, note=""):
        told, seen = [], {}
        for line in self.wrong:
            # The same of page after page is one mistake, not a hundred.
            kind = re.sub(r"“[^”]*”|\d+", "", line)
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] <= ALIKE:
                told.append(line)
        for line in told[:LIMIT]:
            print(f"  {line}")
        if len(self.wrong) > len(told[:LIMIT]):
            print(f"  … and {len(self.wrong) - len(told[:LIMIT])} more")
        if self.checked == 0:
            cannot_run(f"{self.name}: nothing was checked")
        took = time.monotonic() - self.started
        print(f"{self.name}: {self.checked} checked, {len(self.wrong)} wrong, {took:.1f} s" + (f"; {note}" if note else ""))
        if os.environ.get("QUORATE_COUNTS"):
            with open(os.environ["QUORATE_COUNTS"], "a", encoding="utf-8") as counts:
                counts.write(f"{self.name} {self.checked} {len(self.wrong)}\n")
        return 1 if self.wrong else 0
