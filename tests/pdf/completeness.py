"""Each paper's PDF holds each word that its page on the site holds, in the same order; so does the pack.

The text is read twice: in the order of the tags, as a screen reader comes to it, and by pdftotext, as search engines and
people who copy text get it. A paragraph, heading or item of a list must stand in one piece; only pdftotext may find the
end of a page within it. Tables are compared cell by cell, as sets: which cell comes first is a matter of layout.

What is let pass, all of it:
- spaces are compared only in the order of the tags; hyphens nowhere, since both readers drop those at a line's end;
- the form of quotation marks and ligatures;
- "(page 15)" behind a reference, which only paper needs;
- captions, notes and lists of facts may stand anywhere in the paper; what pages.py leaves out (LEFT_OUT…) need not stand at all.
"""

from collections import Counter

import pages
import pdf as reading
from ranges import sheets_of
from words import PAPER_ONLY, Stream, shorten, squeezed, tidy

BLOCK, LABEL = "\ue000", "\ue001"     # Marks within a text, of letters that no paper has.
BEGINNING = {"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote"}     # Where these begin on the site, a block of tags must.
TOLD = 4                # differences of one paper in one file


def look(report, site, pdfs):
    for page in [*site.papers(), *site.of_type("supplementary-agenda")]:
        text = pages.text_of_page(page)
        places = []
        if page.pdf in pdfs and not pdfs[page.pdf].error:
            places.append((page.pdf, None))
        for file, pdf in pdfs.items():
            if file == page.pdf or pdf.error or not (file.endswith("/pack.pdf") or "/supplementary-agenda-" in file):
                continue
            sheets = sheets_of(site, pdf, {page.file})
            if sheets:
                places.append((file, {at - 1 for at in sheets}))
        for file, sheets in places:
            compare(report, page, text, file, pdfs[file], sheets)


def plain(text):
    return PAPER_ONLY.sub("", text).replace("-", "")


class Found:
    """What is wrong with one paper in one file; the first few are told, the rest counted."""

    def __init__(self, report, place):
        self.report, self.place, self.wrong = report, place, 0

    def check(self, right, what):
        self.report.checked += 1
        if not right:
            self.wrong += 1
            if self.wrong <= TOLD:
                self.report.wrong.append(f"{self.place}: {what}")
        return right

    def rest(self):
        if self.wrong > TOLD:
            self.report.wrong.append(f"{self.place}: … and {self.wrong - TOLD} more differences from the site")


def compare(report, page, text, file, pdf, sheets):
    found = Found(report, f"{page.file} in {file}")
    if not pdf.tree:
        return
    strict = [block for block in text.blocks if not block.loose]
    loose = [block for block in text.blocks if block.loose]
    in_order(found, strict, pdf, sheets)
    everything = Stream(plain(reading.text_of_pages(pdf, sheets)))
    unlabelled = Stream(plain(reading.text_of_pages(pdf, sheets, labels=False)))
    for part in page.titles:
        found.check(everything.find(squeezed(plain(part))) >= 0, f"the title “{shorten(part, 60)}” is not there")
    for block in loose:
        wanted = plain(block.text.replace(pages.NOTE, ""))
        letters = squeezed(wanted)
        right = unlabelled.find(letters) >= 0 or everything.find(letters) >= 0
        found.check(right, f"{named(block)}: " + ("" if right else unlabelled.difference(wanted, 0)))
    tables(found, text, pdf, sheets)
    figures(found, text, pdf, sheets)
    by_poppler(found, strict, pdf, sheets)
    found.rest()


def in_order(found, blocks, pdf, sheets):
    """Each block in one piece, each after the one before, with its spaces and its number, in the order of the tags."""
    stream, labels, starts = running_text(pdf, sheets)
    cursor, last = 0, ""
    for block in blocks:
        wanted = plain(block.text.replace(pages.NOTE, ""))
        letters = squeezed(wanted)
        if not letters:
            continue
        at = next_place(stream, starts, labels, block, letters, cursor)
        if at is None:
            anywhere = stream.find(letters)
            if anywhere < 0:
                what = stream.difference(wanted, cursor)
            elif anywhere < cursor:
                what = f"stands before “{shorten(last, 40)}”, not after it"
            else:
                what = "is there, but not where a block of tags begins, or not behind its number"
            found.check(False, f"{named(block)}: {what}")
            continue
        found.check(True, "")
        there = stream.words(at, len(letters))
        found.check(there == wanted, f"{named(block)}: the words run together or apart: “{shorten(around(wanted, there), 80)}”")
        cursor, last = at + len(letters), block.text


def named(block):
    number = f"{block.number} " if block.number else ""
    return f"“{number}{shorten(block.text.replace(pages.NOTE, ''), 60)}”"


def around(wanted, there):
    """The stretch of the PDF's text about its first difference."""
    same = next((at for at, (one, other) in enumerate(zip(wanted, there)) if one != other), 0)
    return there[max(0, same - 30) : same + 30]


def running_text(pdf, sheets):
    """The text without what is compared apart and without labels; which label stands at which letter; where blocks begin."""
    parts, names, label = [], [], ""
    for said, fresh, is_label in reading.said(pdf, sheets, reading.APART):
        if is_label:
            label = (label if not fresh else "") + said
            continue
        if fresh:
            parts.append(BLOCK)
        if label.strip() and said.strip():
            parts.append(LABEL)
            names.append(squeezed(plain(label)))
            label = ""
        parts.append(said)
    # The marks are taken out last, so that the places are those of the letters compared.
    letters, starts, labels, length, order = [], {0}, {}, 0, iter(names)
    for letter in plain(tidy("".join(parts))):
        if letter == BLOCK:
            starts.add(length)
            letters.append(" ")
        elif letter == LABEL:
            labels[length] = next(order)
        else:
            letters.append(letter)
            length += letter != " "
    return Stream("".join(letters)), labels, starts


def next_place(stream, starts, labels, block, letters, cursor):
    """Where the block stands from `cursor` on: at the start of a tagged block, behind its number if that is not a label."""
    number = squeezed(plain(block.number))
    at = stream.find(letters, cursor)
    while at >= 0:
        ahead = at - len(number)
        if at in starts or at in labels:
            if not number or labels.get(at, "").rstrip(".") == number.rstrip("."):
                return at
            # The number may be a block of its own, as in a grid.
            if number and ahead >= 0 and stream.letters[ahead:at] == number:
                return at
        elif number and ahead in starts and stream.letters[ahead:at] == number:
            return at
        elif block.kind in ("dd", "dt", "div", "td"):
            return at
        at = stream.find(letters, at + 1)
    return None


def tables(found, text, pdf, sheets):
    """The cells of each table; where a table is on several pages, its header is repeated for the eye alone."""
    there = reading.nodes(pdf, "Table", sheets)
    wanted = [[squeezed(plain(cell)) for cell in cells] for cells in text.tables]
    if not found.check(len(there) >= len(wanted), f"has {len(there)} tables, the site has {len(wanted)}"):
        return
    # A list in a cell has bullets, which are labels to a reader of tags and no text on the site.
    held = [Counter(filter(None, (squeezed(plain(reading.text_of(pdf, cell, labels=not cell.all("L")))) for cell in table.all("TH", "TD")))) for table in there]
    at = 0
    for number, cells in enumerate(wanted, 1):
        cells = Counter(filter(None, cells))
        # Facts at the head of a paper may be set as a table too: the next table that has these cells is meant.
        match = next((index for index in range(at, len(held)) if held[index] == cells), None)
        if match is None:
            close = max(range(at, len(held)), key=lambda index: sum((held[index] & cells).values()), default=None)
            missing = list((cells - (held[close] if close is not None else Counter())).elements())
            extra = list(((held[close] if close is not None else Counter()) - cells).elements())
            what = f"lacks {[shorten(one, 40) for one in missing[:3]]}" if missing else f"has cells too many: {[shorten(one, 40) for one in extra[:3]]}"
            found.check(False, f"table {number} {what}")
            continue
        found.check(True, "")
        at = match + 1


def figures(found, text, pdf, sheets):
    # A drawing without text begins on no page that can be told here; its words are looked for among all of those.
    there = reading.nodes(pdf, "Figure", {None} | sheets if sheets is not None else None)
    said = squeezed(plain(" ".join(node.alt for node in there)))
    for figure in text.figures:
        found.check(squeezed(plain(figure)) in said, f"no figure's alternative text says “{shorten(figure, 60)}”")


def by_poppler(found, blocks, pdf, sheets):
    """The same blocks in the same order by pdftotext, which knows no tags. A block may go on upon the next page."""
    order = sorted(sheets) if sheets is not None else range(len(pdf.sheets))
    streams = [Stream(plain(body_of(pdf.sheets[at]))) for at in order]
    page, cursor, last = 0, 0, ""
    for block in blocks:
        place = (page, cursor)
        for part in block.text.split(pages.NOTE):
            letters = squeezed(plain(part))
            if letters:
                place = next_by_poppler(streams, *place, letters)
            if place is None:
                break
        found.check(place is not None, f"{named(block)}: pdftotext does not find it in one piece after “{shorten(last, 40)}”")
        if place:
            (page, cursor), last = place, block.text


def next_by_poppler(streams, page, cursor, letters):
    for at in range(page, len(streams)):
        start = cursor if at == page else 0
        whole = streams[at].find(letters, start)
        if whole >= 0:
            return at, whole + len(letters)
        place = over_pages(streams, at, start, letters)
        if place:
            return place
    return None


def over_pages(streams, at, start, letters):
    """Where a block ends that begins on page `at` and goes on upon the next, or on several."""
    length, _ = streams[at].longest(letters, start)
    # A few letters stand on any page by chance; then the next page decides.
    while length > 0 and at + 1 < len(streams):
        rest = letters[length:]
        place = streams[at + 1].find(rest)
        if place >= 0:
            return at + 1, place + len(rest)
        if len(letters) > 3000:
            more = streams[at + 1].longest(rest, 0)[0]
            if more < 200:
                return None
            at, length = at + 1, length + more
            continue
        # The longest stretch may be a letter too long, where what follows on this page begins like the next page.
        length -= 1
        if length < 8:
            return None
    return None


def body_of(sheet):
    """A page's text by pdftotext without its running head and foot, which pdftotext cannot tell from text: as many letters
    of the first and last lines as stand there without a tag."""
    lines = [line for line in sheet.plain.splitlines() if line.strip()]
    for end, pieces in ((0, [piece for piece in sheet.untagged if piece.top < 0.5]), (-1, [piece for piece in sheet.untagged if piece.top >= 0.5])):
        furniture = squeezed("".join(piece.text for piece in pieces)).replace("-", "")
        left = len(furniture)
        while lines and left > 0:
            letters = squeezed(lines[end]).replace("-", "")
            if letters not in furniture or len(letters) > left:
                break
            left -= len(letters)
            lines.pop(end)
    return tidy("\n".join(lines))
