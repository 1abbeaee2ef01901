"""Each PDF on its own: the standards, as other people's checkers judge them, and the parts that a reader leans on."""

import re
from collections import Counter
from pathlib import Path

import page as validation
from lxml import etree

import pdf as reading
from words import shorten, squeezed

PROFILES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}
BODY = 12.0             # points, as guidance for public bodies asks
A4 = (595.3, 841.9)
COUNTED = ("H1", "H2", "H3", "H4", "H5", "H6", "Table", "TR", "TH", "TD", "L", "LI", "Figure", "Note", "TOC", "TOCI")


def look(report, place, pdf):
    if not report.check(not pdf.error, place, pdf.error):
        return
    standards(report, place, pdf)
    document(report, place, pdf)
    fonts(report, place, pdf)
    if report.check(pdf.tree is not None, place, "is not tagged: it has no tree of tags"):
        structure(report, place, pdf)
        read_alike(report, place, pdf)
        type_size(report, place, pdf)
    crossings(report, place, pdf)


def standards(report, place, pdf):
    code, said, errors = reading.run("qpdf", "--check", pdf.path)
    report.check(code == 0, place, f"qpdf --check ends with {code}: {shorten(errors or said, 300)}")
    for profile, name in PROFILES.items():
        try:
            judged = validation.validate_pdf(pdf.path, profile=profile)
        except validation.PageError as error:
            report.check(False, place, f"page-validation cannot judge it by {name}: {error}")
            continue
        report.check(judged.rules.total > 50, place, f"page-validation asked only {judged.rules.total} rules of {name}")
        report.check(judged.is_compliant or judged.failures, place, f"is not {name}, says page-validation, and not why")
        told = Counter(failure.rule_id for failure in judged.failures)
        # If the last byte of compressed data happens to be a carriage return, page-validation takes it for part of the line's
        # end behind it. qpdf, which believes the stated length and looks what follows, has the better view.
        if code == 0 and b"\r\nendstream" in Path(pdf.path).read_bytes():
            told.pop("PDFA2A-STREAM-LENGTH-001", None)
        for rule, times in told.items():
            message = next(failure.message for failure in judged.failures if failure.rule_id == rule)
            report.check(False, place, f"{name}, rule {rule}{f' ({times} times)' if times > 1 else ''}: {shorten(message, 200)}")


def document(report, place, pdf):
    said = dict(re.findall(r"^([^:\n]+):\s+(.*)$", pdf.info, re.M))
    report.check(said.get("Tagged") == "yes", place, "is not tagged, says pdfinfo")
    report.check(said.get("Encrypted") == "no", place, "is encrypted, says pdfinfo")
    report.check(said.get("JavaScript") == "no", place, "holds JavaScript, says pdfinfo")
    report.check(said.get("Title", "").strip() not in ("", "Untitled"), place, "has no title, says pdfinfo")
    report.check(pdf.language == "en-GB", place, f"its language is “{pdf.language}”, not en-GB")
    title, claims = claimed(pdf.metadata)
    report.check(title, place, "has no title in its XMP metadata")
    report.check(claims.get("pdfuaid:part") == "1", place, "does not say that it is PDF/UA-1")
    report.check((claims.get("pdfaid:part"), claims.get("pdfaid:conformance")) == ("2", "A"), place, "does not say that it is PDF/A-2a")
    report.check(pdf.outline > 0, place, "has no outline")
    for number, box in enumerate(pdf.page_sizes, 1):
        sides = sorted((box[2] - box[0], box[3] - box[1]))
        report.check(all(abs(side - wanted) < 0.5 for side, wanted in zip(sides, A4)), place, f"page {number} is not A4 but {sides[0]:.0f} by {sides[1]:.0f} points")


NAMESPACES = {"http://www.aiim.org/pdfa/ns/id/": "pdfaid", "http://www.aiim.org/pdfua/ns/id/": "pdfuaid"}


def claimed(metadata):
    """The title and the standards that XMP metadata state, each as an element or as an attribute."""
    claims = {}
    try:
        tree = etree.fromstring(metadata.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return "", claims
    for element in tree.iter(etree.Element):
        for name, value in [(element.tag, element.text), *element.attrib.items()]:
            namespace, _, local = str(name).lstrip("{").rpartition("}")
            if namespace in NAMESPACES:
                claims[f"{NAMESPACES[namespace]}:{local}"] = (value or "").strip()
    title = tree.find(".//{http://purl.org/dc/elements/1.1/}title")
    return "".join(title.itertext()).strip() if title is not None else "", claims


def fonts(report, place, pdf):
    report.check(pdf.fonts, place, "has no font, says pdffonts: is its text a picture?")
    for line in pdf.fonts:
        embedded, _, unicode = line.split()[-5:-2]
        report.check(embedded == "yes", place, f"does not hold its font {line.split()[0]}")
        report.check(unicode == "yes", place, f"its font {line.split()[0]} does not say which letters it shows")


def structure(report, place, pdf):
    tree = pdf.tree
    roots = [node.role for node in tree.kids if isinstance(node, reading.Node)]
    report.check(roots == ["Document"], place, f"its tree of tags has {roots or 'nothing'} at the top, not one Document")
    headings(report, place, pdf)
    for number, table in enumerate(tree.all("Table"), 1):
        named = f"table {number}, “{shorten(reading.text_of(pdf, table), 50)}”"
        report.check(table.all("TH"), place, f"{named} has no header cell")
        report.check(table.all("TR"), place, f"{named} has no row")
    for number, figure in enumerate(tree.all("Figure", "Formula"), 1):
        report.check(len(squeezed(figure.alt or figure.actual)) > 2, place, f"{figure.role.lower()} {number} has no alternative text")
    for number, one in enumerate(tree.all("L"), 1):
        items = [kid for kid in one.kids if isinstance(kid, reading.Node)]
        report.check(any(kid.role == "LI" for kid in items), place, f"list {number} has no item")
        for kid in items:
            report.check(kid.role in ("LI", "Caption", "L"), place, f"list {number} holds a {kid.role} that is in no item")
    for number, item in enumerate(tree.all("LI"), 1):
        report.check(item.all("LBody"), place, f"the item “{shorten(reading.text_of(pdf, item), 50)}” of a list has no body")
    for number, note in enumerate(tree.all("Note", "FENote"), 1):
        report.check(squeezed(reading.text_of(pdf, note, labels=False)), place, f"note {number} is empty")
    # Poppler must read the same tree as qpdf: a tree that readers see differently is broken somewhere.
    seen = Counter(re.findall(r"^ *([A-Z]\w*)\b", pdf.structure, re.M))
    for role in COUNTED:
        here = len(tree.all(role))
        report.check(seen[role] == here, place, f"pdfinfo -struct finds {seen[role]} × {role}, qpdf {here}")


def read_alike(report, place, pdf):
    """Poppler's reading of the tags, word by word; on short papers only, since it takes poppler half a second a page."""
    if len(pdf.sheets) > 1:
        return
    said = reading.run("pdfinfo", "-struct-text", pdf.path)[1]
    theirs = squeezed("".join(re.findall(r'^\s*"(.*)"$', said, re.M))).replace("-", "")
    ours = squeezed(reading.text_of_pages(pdf)).replace("-", "")
    same = next((at for at, (one, other) in enumerate(zip(theirs, ours)) if one != other), min(len(theirs), len(ours)))
    report.check(theirs == ours, place, f"pdfinfo -struct-text reads “…{theirs[max(0, same - 20):same + 20]}”, PDFium “…{ours[max(0, same - 20):same + 20]}”")


def headings(report, place, pdf):
    found = pdf.tree.all("H1", "H2", "H3", "H4", "H5", "H6")
    report.check(found, place, "has no heading")
    before, last = 0, ""
    for heading in found:
        level, said = int(heading.role[1]), reading.text_of(pdf, heading)
        report.check(squeezed(said), place, f"has an empty heading ({heading.role}) after “{shorten(last, 60)}”")
        report.check(level <= before + 1, place, f"the heading “{shorten(said, 60)}” is of level {level}, though the one before is of level {before}")
        before, last = level, said


def type_size(report, place, pdf):
    count = Counter()
    for number, mark, _, _, within in reading.leaves(pdf.tree):
        if not within and number is not None and number < len(pdf.sheets):
            for piece in pdf.sheets[number].tagged.get(mark, []):
                count[piece.size] += len(squeezed(piece.text))
    if sum(count.values()) < 200:       # Nothing but a table or a drawing.
        return
    usual = count.most_common(1)[0][0]
    # Where a paper is a table and little else, the notes beneath it are more than the text.
    notes = usual < 10 and count[BODY] and pdf.tree.all("Table")
    report.check(usual == BODY or notes, place, f"most of its text is set in {usual:g} points, not {BODY:g}")


def crossings(report, place, pdf):
    """No text lies upon other text, as it does where a word is wider than its cell, and none is cut off by the page's edge."""
    for at, sheet in enumerate(pdf.sheets, 1):
        pieces = [*sheet.untagged, *(piece for some in sheet.tagged.values() for piece in some)]
        pieces = sorted((piece for piece in pieces if piece.right > piece.left), key=lambda piece: piece.top)
        outside = next((piece for piece in pieces if piece.left < 0 or piece.right > 1 or piece.top < 0 or piece.bottom > 1), None)
        report.check(outside is None, place, f"page {at}: “{shorten(outside.text if outside else '', 50)}” sticks out of the page")
        report.check((pair := crossing(pieces)) is None, place, pair and f"page {at}: “{shorten(pair[0].text, 40)}” and “{shorten(pair[1].text, 40)}” lie upon each other")


def crossing(pieces):
    """Two pieces of text that share ink; the pieces are sorted by where they begin."""
    near = []
    for piece in pieces:
        near = [other for other in near if other.bottom > piece.top]
        for other in near:
            wide = min(piece.right, other.right) - max(piece.left, other.left)
            high = min(piece.bottom, other.bottom) - piece.top
            if wide > 0.004 and high > 0.4 * min(piece.bottom - piece.top, other.bottom - other.top):
                return other, piece
        near.append(piece)
    return None
