"""Text as both sides are compared: what a reader would call the same is made the same, and nothing else is."""

import re
import unicodedata

# The marks that typesetting may choose otherwise. Dashes stay what they are.
FOLDED = str.maketrans({
    "‘": "'", "’": "'", "“": '"', "”": '"',
    "\u2010": "-", "\u2011": "-", "\u2212": "-",
    # Where a word may be broken, and what only joins: \u0002 is what PDFium makes of a hyphen at a line's end.
    "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\u0002": None, "\0": None,
})
# On paper a reference also tells the page, which the site cannot: "Appendix 1 (page 15)".
PAPER_ONLY = re.compile(r"\s*\((?:on )?pages? \d+(?:–\d+)?\)")


def tidy(text):
    """One line, ligatures undone, quotes and hyphens in one form."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(FOLDED).split())


def squeezed(text):
    """Without spaces, in which two ways of extracting text differ most."""
    return tidy(text).replace(" ", "")


def shorten(text, length=110):
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


class Stream:
    """A text that is searched without regard to spaces, and still knows its words."""

    def __init__(self, text):
        self.text = tidy(text)
        self.at = [index for index, letter in enumerate(self.text) if letter != " "]
        self.letters = "".join(self.text[index] for index in self.at)

    def find(self, letters, start=0):
        return self.letters.find(letters, start)

    def words(self, start, length):
        """The stretch of `length` letters from `start`, as it stands, with its spaces."""
        return self.text[self.at[start] : self.at[start + length - 1] + 1] if length else ""

    def longest(self, letters, start):
        """How many of the first letters stand somewhere after `start`, and where. If 50 do, so do 49: halving finds it."""
        low, high, place = 0, len(letters), start
        while low < high:
            middle = (low + high + 1) // 2
            found = self.letters.find(letters[:middle], start)
            if found < 0:
                high = middle - 1
            else:
                low, place = middle, found
        return low, place

    def difference(self, wanted, start):
        """In words: how far the wanted text stands here as it should, and how it goes on instead."""
        wanted = Stream(wanted)
        length, place = self.longest(wanted.letters, start)
        if length < min(12, len(wanted.letters)):
            return "it is not there at all"
        before, after = min(length, 25), min(25, len(wanted.letters) - length)
        there = self.words(place + length, min(25, len(self.letters) - place - length))
        return (
            f"after “…{wanted.words(length - before, before)}” should come “{wanted.words(length, after)}…”, "
            f"but there comes “{there}…”"
        )
