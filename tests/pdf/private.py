"""Private papers: no word of theirs in a public PDF, and in the members' each page marked."""

import re
import subprocess

import pikepdf

from pages import PAPERS
from ranges import owner
from words import shorten, tidy

MARK = "not for publication"
PARAGRAPH = re.compile(r"paragraphs? \d")
HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")


def letters_of(text):
    """Only letters and digits, in one case: nothing that breaks a word up hides it."""
    return re.sub(r"[\W_]+", "", text).lower()


def places_of(file, pdf, word):
    """Where in a PDF a word stands: in what shows, in what is read aloud, and in whatever else the file holds."""
    wanted = letters_of(word)
    found = []
    if wanted in letters_of(file):
        found.append("its name")
    for at, sheet in enumerate(pdf.sheets, 1):
        pieces = "".join(piece.text for piece in sheet.untagged) + "".join(piece.text for some in sheet.tagged.values() for piece in some)
        if any(wanted in letters_of(text) for text in (sheet.layout, sheet.plain, pieces)):
            found.append(f"page {at}")
    if pdf.tree:
        for node in pdf.tree.walk():
            if wanted in letters_of(node.alt + " " + node.actual):
                found.append(f"the alternative text of a {node.role}")
    if wanted in letters_of(pdf.metadata):
        found.append("its metadata")
    # All else: titles, outline, links, names of attachments and attachments themselves, unpacked.
    code, bytes_ = unpacked(pdf.path)
    if code not in (0, 3):     # 3: it had to repair something
        found.append(f"nowhere that can be searched, since qpdf ends with {code}")
    if wanted.encode() in re.sub(rb"[^0-9a-z]+", b"", bytes_.lower()):
        found.append("what qpdf unpacks: outline, links, metadata or an attachment")
    for match in HEX.finditer(bytes_):
        digits = re.sub(rb"\s", b"", match[1])
        text = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        if wanted.encode() in re.sub(rb"[^0-9a-z]+", b"", text.lower()):
            found.append("a string in hexadecimal digits: outline, links or metadata")
            break
    return found


def unpacked(path):
    done = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(path), "-"], capture_output=True, timeout=300)
    return done.returncode, done.stdout


def public(report, pdfs, word):
    """No PDF of the public edition holds the word, and none has an attachment, in which more could hide."""
    for file, pdf in pdfs.items():
        for place in pdf.private:
            report.check(False, file, f"holds the private word {word}: {place}")
        report.check(True, file, "")
        for at, sheet in enumerate(pdf.sheets, 1):
            head = tidy(" ".join(piece.text for piece in sheet.untagged)).lower()
            report.check(MARK not in head, file, f"its page {at} says “Not for publication”, in a public file")
        if not pdf.error:
            with pikepdf.open(pdf.path) as opened:
                report.check(not opened.attachments, file, f"has attachments: {shorten(', '.join(opened.attachments))}")


def members(report, site, pdfs, public_site, word):
    """In the members' edition the word is found, which shows that the search works, and each page of a private paper is marked."""
    private = {page.file: page for page in site.papers() if page.file not in public_site.pages}
    report.check(private, site.root, "has no paper that the public edition has not: nothing private to look at")
    holds = [file for file, pdf in pdfs.items() if any(place.startswith("page") for place in pdf.private)]
    report.check(holds, site.root, f"no PDF shows the word {word}, though private papers hold it")
    report.check(any(file.endswith("/pack.pdf") for file in holds), site.root, f"no pack shows the word {word}, though private papers hold it")
    for file, page in private.items():
        report.check(page.pdf in pdfs, file, "is a private paper without a PDF")
        report.check(not (public_site.root / page.pdf).exists(), page.pdf, "the PDF of a private paper is in the public edition")
    # Minutes have a public page too; where the members' hold private business, all of their pages are marked.
    closed = {file[:-4] + ".html" for file in holds if file.endswith("/minutes.pdf")}
    marked = 0
    for file, pdf in pdfs.items():
        alone = file[:-4] + ".html" if file[:-4] + ".html" in private else None
        for at, sheet in enumerate(pdf.sheets, 1):
            of = alone or owner(site, sheet)
            text = tidy(sheet.layout).lower()
            head = tidy(" ".join(piece.text for piece in sheet.untagged)).lower()
            if of in closed and not sheet.blank:
                report.check(MARK in head, file, f"its page {at}, of minutes with private business, does not say “Not for publication”")
            elif of in private and not sheet.blank:
                marked += 1
                report.check(MARK in head, file, f"its page {at}, of the private paper {of}, does not say “Not for publication”")
                report.check(PARAGRAPH.search(text), file, f"its page {at}, of the private paper {of}, does not name the exempt paragraph")
            elif of in site.pages and site.pages[of].type in PAPERS:
                report.check(MARK not in head, file, f"its page {at}, of the public paper {of}, says “Not for publication”")
    report.check(marked, site.root, "no page of a private paper is in any PDF")

