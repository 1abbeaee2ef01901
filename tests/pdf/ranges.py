"""Page numbers: what the site and the agenda say, against what stands on the pages themselves."""

import posixpath
import re
from itertools import groupby

import pdf as reading
from words import shorten, squeezed, tidy

SAID = re.compile(r"\(Pages? (\d+)(?:\s?[–-]\s?(\d+))?\)")


def look(report, site, pdfs):
    meetings = [page for page in site.of_type("meeting")]
    if not report.check(any(page.address for page in site.pages.values()), site.root, "its pages do not say where the site stands, so PDFs cannot either"):
        return
    packs = 0
    begins = {}         # where each paper begins, by pack: the meeting's page and the paper's own must agree
    for meeting in meetings:
        files = [file for file in site.packs_of(meeting) if not pdfs[file].error]
        packs += len(files)
        numbers(report, meeting, files, pdfs)
        folder = posixpath.dirname(meeting.file)
        late = [page for page in site.of_type("supplementary-agenda") if posixpath.dirname(page.file) == folder]
        for page in late:
            report.check(page.pdf in site.pdfs, page.file, f"has no pack of its own, {posixpath.basename(page.pdf)}")
        for page in [meeting, *late]:
            agenda_page(report, site, pdfs, page, begins)
        for file in files:
            furniture(report, site, pdfs, file)
            agenda(report, site, pdfs, meeting if file.endswith("/pack.pdf") else site.pages.get(file[:-4] + ".html"), file)
    report.check(packs, site.root, "holds no pack of any meeting")
    for page in site.papers():
        paper_page(report, site, pdfs, page, begins)


def numbers(report, meeting, files, pdfs):
    """One run of page numbers through the pack and everything that came later, without a gap or a double."""
    expected = 1
    for file in files:
        for at, sheet in enumerate(pdfs[file].sheets, 1):
            if sheet.number is None:
                report.check(sheet.blank, file, f"its page {at} has no “Page {expected}” in the foot")
            else:
                report.check(sheet.number == expected, file, f"its page {at} is numbered {sheet.number}, but {expected} comes next in this meeting's run")
                expected = sheet.number
            expected += 1


def furniture(report, site, pdfs, file):
    """Each page of a pack that is not blank: a running head, the number in the foot, and the address of one page of the site."""
    for at, sheet in enumerate(pdfs[file].sheets, 1):
        if sheet.blank:
            # Nothing else may stand on a page that says it is blank.
            said = "".join(piece.text for pieces in sheet.tagged.values() for piece in pieces)
            report.check(len(squeezed(said)) < 60, file, f"its page {at} says that it is blank, but holds “{shorten(said, 60)}”")
            continue
        report.check(owner(site, sheet), file, f"its page {at} has no web address of a page of this site in the foot, only “{shorten(' '.join(sheet.foot()), 100)}”")
        head = [piece for piece in sheet.untagged if piece.top < 0.12 and piece.text.strip()]
        # Covers and letters need none: they are headed by what the running heads repeat.
        report.check(head or at == 1, file, f"its page {at} has no running head that readers of tags pass over")
        foot = tidy("".join(piece.text for piece in sheet.untagged if piece.top > 0.85))
        report.check(sheet.number is None or f"Page {sheet.number}" in foot, file, f"on its page {at} the number in the foot is read out as if it were text")


def owner(site, sheet):
    """The page of the site whose address a sheet carries; of two that fit, the longer."""
    if not hasattr(site, "known"):
        site.known = sorted(((page.address, page.file) for page in site.pages.values() if page.address), key=lambda one: -len(one[0]))
    if not hasattr(sheet, "owner"):
        sheet.owner = next((file for address, file in site.known if sheet.carries(address)), None)
    return sheet.owner


def sheets_of(site, pdf, papers):
    """The physical pages of a pack that carry the address of one of these papers."""
    return [at for at, sheet in enumerate(pdf.sheets, 1) if not sheet.blank and owner(site, sheet) in papers]


def agenda_page(report, site, pdfs, page, begins):
    links, odd = site.links(page)
    for what in odd:
        report.check(False, page.file, what)
    # What a supplementary agenda adds is linked from the meeting's page; it may be from its own.
    for item, number, title, cards in site.items(page) if page.type == "meeting" else []:
        if any(cards):
            name = item.get("id", "")
            report.check(any(link.item == name for link in links), page.file, f"item {number} has papers, but no link to their pages in the pack")
    for link in links:
        linked(report, site, pdfs, page, link)
        if link.papers:
            begins.setdefault((link.file, link.papers[0]), link.first)


def linked(report, site, pdfs, page, link):
    """One link: the page it leads to is the one it names, a paper begins there, and the range is that paper's and no other's."""
    said = f"“Pages {link.first}–{link.last}”" if link.last != link.first else f"“Page {link.first}”"
    if not report.check(link.file in pdfs, page.file, f"{said} leads to {link.file}, which is not there"):
        return
    sheets = pdfs[link.file].sheets
    count = link.last - link.first
    if not report.check(1 <= link.page and link.page + count <= len(sheets) and count >= 0, page.file, f"{said} at #page={link.page} is outside {link.file} with its {len(sheets)} pages"):
        return
    inside = sheets[link.page - 1 : link.page + count]
    number = inside[0].number
    report.check(number == link.first, page.file, f"{said} leads to the page that is numbered {number}")
    report.check(inside[-1].number == link.last or (inside[-1].blank and inside[-1].number is None), page.file, f"{said} ends on the page that is numbered {inside[-1].number}")
    if not report.check(link.papers, page.file, f"{said} stands beside no paper"):
        return
    first = site.pages.get(link.papers[0])
    if not report.check(first is not None, page.file, f"{said} stands beside {link.papers[0]}, which has no page"):
        return
    report.check(begins_here(inside[0], first), page.file, f"{said}: “{shorten(first.title, 60)}” does not begin on the page it leads to")
    if first.file not in site.appended:
        report.check(link.first % 2 == 1, page.file, f"{said}: “{shorten(first.title, 60)}” begins on a left-hand page")
    # Each paper is there, once, in the order in which the site lists them.
    held = [file for file, _ in groupby(owner(site, sheet) for sheet in inside if not sheet.blank)]
    wanted = link.papers[:1] if link.own and held == link.papers[:1] else link.papers     # With or without its appendices.
    family = set(wanted)
    report.check(held == wanted, page.file, f"{said}: should hold {names(wanted)}, one after the other; it holds {names(held)}")
    for at, sheet in enumerate(inside, link.page):
        report.check(sheet.blank or owner(site, sheet) in family, page.file, f"{said}: page {at} of {link.file} is not of that paper but of {owner(site, sheet)}")
    before = next((sheet for sheet in reversed(sheets[: link.page - 1]) if not sheet.blank), None)
    after = next((sheet for sheet in sheets[link.page + count :] if not sheet.blank), None)
    report.check(before is None or owner(site, before) not in family, page.file, f"{said}: the page before is of the same paper")
    report.check(after is None or owner(site, after) not in family, page.file, f"{said}: the page after is of the same paper")


def names(files):
    return ", ".join(posixpath.basename(file or "a page without an address").removesuffix(".html") for file in files)


def begins_here(sheet, page):
    """The paper's title stands in the upper two thirds of the page, whatever stands around it."""
    text = "".join(piece.text for pieces in sheet.tagged.values() for piece in pieces if piece.top < 0.67)
    return all(squeezed(part).replace("-", "") in squeezed(text).replace("-", "") for part in page.titles)


def agenda(report, site, pdfs, page, file):
    """The agenda in the pack prints the ranges that the site shows for it, in the same order, each after its item's title."""
    if not report.check(page is not None, file, "has no page of the site beside it"):
        return
    meeting = site.pages.get(posixpath.join(posixpath.dirname(file), "index.html"))
    both = [site.links(one)[0] for one in (page, meeting) if one is not None]
    links = next(filter(None, ([link for link in some if link.file == file] for some in both)), [])
    pdf = pdfs[file]
    first = min((link.page for link in links), default=len(pdf.sheets) + 1)
    text = reading.text_of_pages(pdf, range(first - 1))
    printed = [(int(found[1]), int(found[2] or found[1]), found.start()) for found in SAID.finditer(text)]
    ranges = [(link.first, link.last) for link in links]
    wanted = [key for key, _ in groupby((link.first, link.last) for link in links if not link.card)] or [key for key, _ in groupby(ranges)]
    shown = [one[:2] for one in printed]
    for one in shown:
        report.check(one in ranges, file, f"its agenda prints “Pages {one[0]}–{one[1]}”, which {page.file} does not show")
    at = 0
    for one in wanted:
        if report.check(one in shown[at:], file, f"its agenda does not print “(Pages {one[0]}–{one[1]})”, which {page.file} shows, or not in that order"):
            at = shown.index(one, at) + 1
    # Each item's title, in order; a range belongs to the title before it.
    letters, place, starts = squeezed(text).replace("-", ""), 0, []
    for item, number, title, _ in site.items(page):
        found = letters.find(squeezed(title).replace("-", ""), place)
        report.check(found >= 0, file, f"its agenda does not name item {number}, “{shorten(title, 60)}”, or not in that order")
        if found >= 0:
            place = found + 1
            starts.append((found, item.get("id")))
    for low, high, start in printed:
        before = len(squeezed(text[:start]).replace("-", ""))
        item = next((name for found, name in reversed(starts) if found < before), None)
        theirs = {(link.first, link.last) for link in links if link.item == item}
        report.check((low, high) in theirs, file, f"its agenda prints “Pages {low}–{high}” beneath {item}, whose pages are others")


def paper_page(report, site, pdfs, page, begins):
    """A paper's own page: its link into a pack agrees with the agenda's, and what it says of its PDF is so."""
    links, odd = site.links(page)
    for what in odd:
        report.check(False, page.file, what)
    for link in links:
        linked(report, site, pdfs, page, link)
        stated = begins.get((link.file, page.file))
        report.check(stated in (None, link.first), page.file, f"says that it begins on page {link.first} of {link.file}, the meeting's page says {stated}")
    for file, paper in begins:
        if paper == page.file:
            report.check(any(link.file == file for link in links), page.file, f"has no link to its pages in {file}")
    if not report.check(page.pdf in pdfs, page.file, f"has no PDF, {posixpath.basename(page.pdf)}"):
        return
    if pdfs[page.pdf].error:
        return
    own = [a for a in page.tree.iter("a") if a.get("href") and page.leads_to(a.get("href")) == page.pdf]
    if not report.check(own, page.file, "does not link to its own PDF"):
        return
    said = re.search(r"PDF, ([\d.,]+) ?(bytes|KB|kB|MB), (\d+) pages?\b", " ".join(tidy(a.text_content()) for a in own))
    if not report.check(said, page.file, f"the link to its PDF does not say “PDF, 84 KB, 6 pages” but “{tidy(own[0].text_content())}”"):
        return
    sheets = len(pdfs[page.pdf].sheets)
    report.check(int(said[3]) == sheets, page.file, f"says that its PDF has {said[3]} pages; it has {sheets}")
    size, stated = (site.root / page.pdf).stat().st_size, float(said[1].replace(",", ""))
    # A kilobyte is 1,000 bytes to some and 1,024 to others; rounded up, down or to the nearest.
    step = 10 ** -len(said[1].partition(".")[2])
    units = {"bytes": (1,), "MB": (1000**2, 1024**2)}.get(said[2], (1000, 1024))
    report.check(any(abs(size / unit - stated) <= step for unit in units), page.file, f"says that its PDF has {said[1]} {said[2]}; it has {size} bytes")
    for at, sheet in enumerate(pdfs[page.pdf].sheets, 1):
        report.check(sheet.blank or owner(site, sheet) == page.file, page.pdf, f"its page {at} does not carry the web address of its page")
