"""A built site as its readers get it: which pages are papers, which links lead into packs, and the text of each paper."""

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

from words import tidy

PAPERS = {"paper", "minutes", "work-programme"}
RANGE = re.compile(r"Pages? (\d+)(?:\s?[–-]\s?(\d+))?")

# What a page shows that its PDF need not, and why.
LEFT_OUT = {
    "nav": "the way round the site: contents, neighbours",
    "button": "nothing to press on paper",
    "script": "no text", "style": "no text", "template": "no text",
    "svg": "text inside a drawing; the figure is compared by its alternative text",
}
LEFT_OUT_CLASSES = {
    "visually-hidden": "read aloud where the eye sees the layout",
    "screen-only": "said of the screen, such as the reading time",
    "permalink": "a link to the place itself", "permalink-line": "the same",
    "back": "from a note back to the text",
    "downloads": "links to the same table as a file", "download": "the same", "table-files": "the same",
    "pack-pages": "the link into the pack", "pdf": "the link to the PDF itself",
    "chart-list": "a drawing in words; the figure is compared by its alternative text",
    "pager": "neighbours on the site",
    "number": "compared on its own: it may stand in a label",
}
# Sections of a page, by the id of their heading.
LEFT_OUT_SECTIONS = {
    "q-also": "where else the site has the same text",
    "q-downloads": "links to files",
}
LEFT_OUT_HEADINGS = {
    "notes": "on paper, notes are at the foot of their page and need no heading",
    "q-abbreviations": "says “on this page”; what is listed beneath it must stand in the PDF",
}
NOTE = "\ue002"         # Stands where a note is marked, whose number the PDF may choose otherwise.
BLOCKS = {"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div", "section", "ul", "ol", "dl",
          "table", "caption", "figure", "figcaption", "address", "header", "article", "main", "aside", "details", "summary", "tr", "td", "th", "br"}
# What layout moves: it may stand anywhere in the paper.
LOOSE = {"caption", "figcaption", "dl", "address"}
LOOSE_CLASSES = {"chart-title", "table-notes", "footnotes", "facts"}


@dataclass
class Block:
    """A stretch of text that must stand in the PDF in one piece."""

    text: str
    kind: str
    number: str = ""
    loose: bool = False     # May stand anywhere in the paper, because layout moves it: captions, notes, facts.


@dataclass
class Link:
    """A link into a pack."""

    file: str               # the PDF, below the site's root
    page: int               # the physical page
    first: int              # printed
    last: int
    papers: list            # whose pages these are: files of pages; the first is the one that begins there
    item: str = ""
    own: bool = False       # stands on the paper's own page
    card: bool = False      # belongs to one of the papers of an item


@dataclass
class Page:
    file: str
    type: str
    tree: object
    title: str = ""
    titles: tuple = ()      # its parts: minutes have the name of the body and the day
    address: str = ""       # without https:// and as a foot of a page has it

    @property
    def pdf(self):
        return self.file[: -len(".html")] + ".pdf"

    def leads_to(self, href):
        """The file below the site's root that a relative link names."""
        path = unquote(urlsplit(href).path)
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.file), path)) if path else self.file


class Site:
    def __init__(self, root):
        self.root = Path(root)
        self.pages = {}
        for path in sorted(self.root.rglob("*.html")):
            file = path.relative_to(self.root).as_posix()
            tree = lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
            page = Page(file, tree.find("body").get("data-page", ""), tree)
            page.title, page.titles = title_of(tree)
            canonical = tree.xpath('string(//link[@rel="canonical"]/@href)')
            page.address = re.sub(r"^https?://", "", canonical)
            self.pages[file] = page
        self.appended = {file for page in self.papers() for file in self.appendices(page)}
        self.pdfs = sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.pdf"))

    def of_type(self, *types):
        return [page for page in self.pages.values() if page.type in types]

    def papers(self):
        return self.of_type(*PAPERS)

    def packs_of(self, meeting):
        """The pack of a meeting and those of its supplementary agendas, in the order of their page numbers."""
        folder = posixpath.dirname(meeting.file)
        late = [pdf for pdf in self.pdfs if re.fullmatch(re.escape(folder) + r"/supplementary-agenda-\d+\.pdf", pdf)]
        late.sort(key=lambda pdf: int(re.search(r"(\d+)\.pdf$", pdf)[1]))
        main = f"{folder}/pack.pdf"
        return ([main] if main in self.pdfs else []) + late

    def items(self, page):
        """The items of an agenda: their number, title, and the files of the papers (appendices too) right beneath each."""
        found = []
        for item in by_class(page.tree, "item", "li"):
            head = next(iter(by_class(item, "item-title")), None)
            if head is None:
                continue
            number = "".join(text_of(part, set()) for part in by_class(head, "item-number")[:1])
            cards = [card for card in by_class(item, "paper-card") if nearest(card, "item") is item]
            found.append((item, number, text_without(head, "item-number", "tag"), [self.papers_of(page, card) for card in cards]))
        return found

    def papers_of(self, page, card):
        links = [a for title in by_class(card, "title") for a in title.iter("a")]
        links += [a for list_ in by_class(card, "appendices") for a in list_.iter("a")]
        files = [page.leads_to(a.get("href", "")) for a in links if a.get("class") != "pack-pages"]
        return [file for file in dict.fromkeys(files) if file in self.pages and self.pages[file].type in PAPERS]

    def links(self, page):
        """The links of a page into packs, and what could not be understood of them."""
        found, odd = [], []
        for a in by_class(page.tree, "pack-pages", "a"):
            href, text = a.get("href", ""), tidy(a.text_content())
            target = re.fullmatch(r"page=(\d+)", urlsplit(href).fragment)
            said = RANGE.search(text)
            if not target or not said:
                odd.append(f"the link “{text}” to {href} is not of the form “Pages 9–14” to pack.pdf#page=9")
                continue
            first, last = int(said[1]), int(said[2] or said[1])
            item, card = nearest(a, "item"), nearest(a, "paper-card")
            if page.type in PAPERS:
                papers = [page.file] + self.appendices(page)
            elif card is not None:
                papers = self.papers_of(page, card)
                row = nearest_tag(a, "li")
                if row is not None and row is not card:     # An appendix's own range.
                    papers = [page.leads_to(one.get("href")) for one in row.iter("a") if one.get("class") != "pack-pages"][:1]
            elif item is not None:
                papers = [file for one in by_class(item, "paper-card") if nearest(one, "item") is item for file in self.papers_of(page, one)]
            else:
                papers = []
            name = item.get("id", "") if item is not None else ""
            found.append(Link(page.leads_to(href), int(target[1]), first, last, papers, name, page.type in PAPERS, card is not None))
        return found, odd

    def appendices(self, page):
        return [page.leads_to(a.get("href", "")) for list_ in by_class(page.tree, "appendices") for a in list_.iter("a") if a.get("class") != "pack-pages"]


def by_class(tree, name, tag="*"):
    return tree.xpath(f'.//{tag}[contains(concat(" ", normalize-space(@class), " "), " {name} ")]')


def classes(element):
    return set((element.get("class") or "").split())


def nearest(element, name):
    return next((one for one in element.iterancestors() if name in classes(one)), None)


def nearest_tag(element, tag):
    return next(element.iterancestors(tag), None)


def title_of(tree):
    """The heading of a page without what stands above it in small type, whole and in its parts."""
    heading = tree.find(".//main//h1")
    if heading is None:
        return "", ()
    parts = (text_without(heading, "kicker", "h1-date"), *(tidy(day.text_content()) for day in by_class(heading, "h1-date")))
    return text_without(heading, "kicker"), tuple(filter(None, parts))


def text_without(element, *names):
    return tidy(text_of(element, set(names)))


def text_of(element, without, hidden=LEFT_OUT_CLASSES.keys() - {"number"}):
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not classes(child) & (without | hidden) and child.tag not in LEFT_OUT:
            parts.append(("" if child.tag not in BLOCKS else " ") + text_of(child, without, hidden) + ("" if child.tag not in BLOCKS else " "))
        parts.append(child.tail or "")
    return "".join(parts)


@dataclass
class Text:
    """All that a paper's PDF must hold."""

    blocks: list = field(default_factory=list)
    tables: list = field(default_factory=list)      # each the texts of its cells
    figures: list = field(default_factory=list)     # what each says to those who do not see it


def text_of_page(page):
    """The text of a paper: its article, or the covering letter of a supplementary agenda."""
    text = Text()
    roots = page.tree.xpath('//main//article') or by_class(page.tree, "letter")
    for root in roots:
        gather(root, text, False)
    text.blocks = [block for block in text.blocks if block.text]
    return text


def gather(element, text, loose):
    """Cuts an element into blocks: runs of text that no block begins or ends within."""
    run = []
    kind = element.tag
    number = ""

    def flush():
        nonlocal run, number
        said = tidy("".join(run))
        if said:
            text.blocks.append(Block(said, kind, number, loose))
            number = ""
        run = []

    def walk(node):
        run.append(node.text or "")
        for child in node:
            take(child)
            run.append(child.tail or "")

    def take(child):
        nonlocal number
        if not isinstance(child.tag, str) or child.tag in LEFT_OUT:
            if child.tag == "svg":
                text.figures += said_by(child)
            return
        marks = classes(child)
        if "note" in marks and child.tag == "sup":
            run.append(NOTE)
            return
        if "number" in marks:
            number = tidy(text_of(child, set()))
            return
        if marks & LEFT_OUT_CLASSES.keys() or child.get("hidden") is not None:
            return
        if child.tag == "img":
            if child.get("alt"):
                text.figures.append(tidy(child.get("alt")))
        elif child.tag == "table":
            flush()
            read_table(child, text)
        elif child.tag == "br":
            flush()
        elif child.tag in BLOCKS:
            flush()
            headings = [one.get("id") for one in child if one.tag in ("h2", "h3")]
            if not LEFT_OUT_SECTIONS.keys() & set(headings):
                if child.get("id") in LEFT_OUT_HEADINGS:
                    return
                moved = loose or child.tag in LOOSE or bool(marks & LOOSE_CLASSES)
                gather(child, text, moved)
        else:
            walk(child)

    walk(element)
    flush()


def said_by(svg):
    """What a drawing tells those who do not see it."""
    return [tidy(one.text) for one in svg.iter("title", "desc") if one.text]


def read_table(table, text):
    cells = []
    for cell in table.iter("th", "td"):
        said = tidy(text_of(cell, {"note"}))
        if said:
            cells.append(said)
    text.tables.append(cells)
    for caption in table.iter("caption"):
        gather(caption, text, True)
