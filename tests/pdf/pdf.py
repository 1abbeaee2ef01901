"""One PDF as other people's programs read it: poppler's text page by page, PDFium's pieces of text, qpdf's tree of tags."""

import ctypes
import re
import subprocess
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from words import tidy

BLANK = "this page is intentionally left blank"
PRINTED = re.compile(r"\bPage (\d+)\b")
# Tags that only mark up words within a block; all others begin a block of their own.
INLINE = {"Span", "Link", "Em", "Strong", "Reference", "Code", "Quote", "Lbl", "Annot", "BibEntry", "Ruby", "Warichu"}

NOTES = {"Note", "FENote"}
# Beside the running text: compared on its own, and often set smaller.
APART = ("Table", "Figure", "Caption", "Note", "FENote", "TOC", "Formula")


@dataclass
class Node:
    """An element of the tree of tags."""

    role: str
    alt: str = ""
    actual: str = ""
    kids: list = field(default_factory=list)        # Nodes and (page, mcid)

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def all(self, *roles):
        return [node for node in self.walk() if node.role in roles]


@dataclass
class Piece:
    """A piece of text on a page, as PDFium sees it."""

    text: str
    size: float
    top: float          # how far down the page its ink begins, from 0 to 1; the others likewise
    left: float
    bottom: float
    right: float


@dataclass
class Sheet:
    """A page."""

    layout: str = ""            # by pdftotext -layout
    plain: str = ""             # by pdftotext, in the order in which it takes the text to be read
    untagged: list = field(default_factory=list)    # running heads and feet, which a screen reader passes over
    tagged: dict = field(default_factory=dict)      # mcid → pieces

    @property
    def blank(self):
        return BLANK in tidy(self.layout).lower()

    def foot(self):
        lines = [line for line in self.layout.splitlines() if line.strip()]
        return lines[-4:]

    @property
    def number(self):
        """The number printed in the foot."""
        found = [int(match) for line in self.foot() for match in PRINTED.findall(line)]
        return found[-1] if found else None

    def carries(self, address):
        """Whether the foot holds this web address; a long one may be broken, and pdftotext drops a hyphen at a line's end."""
        lines = [line for line in self.layout.splitlines() if line.strip()][-6:]
        foot = re.sub(r"[\s\-\u00ad]", "", PRINTED.sub("", "\n".join(lines)))
        wanted = re.sub(r"[\s\-]", "", address).removesuffix("index.html").rstrip("/")
        at = foot.find(wanted)
        # A folder's address is not that of the pages in it; the longest address that fits is asked for first.
        rest = foot[at + len(wanted) :].removeprefix("/").removeprefix("index.html") if at >= 0 else ""
        return at >= 0 and (wanted.endswith(".html") or not re.match(r"[\w./]*\.(html|pdf)", rest))


@dataclass
class Pdf:
    path: str
    sheets: list = field(default_factory=list)
    tree: Node = None
    language: str = ""
    title: str = ""
    metadata: str = ""
    outline: int = 0
    info: str = ""
    fonts: list = field(default_factory=list)
    structure: str = ""
    page_sizes: list = field(default_factory=list)
    error: str = ""
    private: list = field(default_factory=list)     # where the private word stands in it
    nodes: dict = field(default_factory=dict)       # role → elements with the pages on which they begin
    flat: dict = field(default_factory=dict)        # pages → pieces in the order of the tags


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=300)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def read(path):
    """Everything the checks ask about a file. A file that cannot be read says why in `error`."""
    found = Pdf(str(path))
    try:
        with pikepdf.open(path) as file:
            read_tags(file, found)
        read_pieces(path, found)
        for name, flags in (("layout", ["-layout"]), ("plain", [])):
            code, text, said = run("pdftotext", "-enc", "UTF-8", *flags, path, "-")
            pages = text.split("\f")[:-1]
            if code or len(pages) != len(found.sheets):
                found.error = f"pdftotext gives {len(pages)} of {len(found.sheets)} pages: {said[:200]}"
                return found
            for sheet, page in zip(found.sheets, pages):
                setattr(sheet, name, page)
        found.info = run("pdfinfo", "-f", 1, "-l", len(found.sheets), path)[1]
        found.structure = run("pdfinfo", "-struct", path)[1]
        found.fonts = run("pdffonts", path)[1].splitlines()[2:]
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, subprocess.TimeoutExpired, RecursionError) as error:
        found.error = f"cannot be read: {type(error).__name__}: {error}"
    return found


def read_tags(file, found):
    root = file.Root
    found.language = str(root.get("/Lang", ""))
    found.title = str(file.docinfo.get("/Title", "")) if "/Info" in file.trailer else ""
    if "/Metadata" in root:
        found.metadata = root.Metadata.read_bytes().decode("utf-8", "replace")
    if "/Outlines" in root:
        found.outline = sum(1 for _ in outline_items(root.Outlines))
    found.page_sizes = [tuple(float(side) for side in page.mediabox) for page in file.pages]
    pages = {page.objgen: number for number, page in enumerate(file.pages)}
    if "/StructTreeRoot" not in root:
        return
    roles = {str(key): str(value) for key, value in root.StructTreeRoot.get("/RoleMap", {}).items()}
    found.tree = Node("Root")
    # A stack, not recursion: nothing a file holds may exhaust the checker.
    work = [(kid, found.tree, None) for kid in kids_of(root.StructTreeRoot)]
    seen = 0
    while work:
        kid, parent, page = work.pop()
        seen += 1
        if seen > 3_000_000:
            raise ValueError("the tree of tags does not end")
        if isinstance(kid, int):
            parent.kids.append((page, kid))
            continue
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        page = pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page
        if kid.get("/Type") == "/MCR":
            parent.kids.append((page, int(kid.MCID)))
        elif "/S" in kid:
            role = str(kid.S)
            node = Node(roles.get(role, role).lstrip("/"), str(kid.get("/Alt", "")), str(kid.get("/ActualText", "")))
            parent.kids.append(node)
            work += [(one, node, page) for one in reversed(kids_of(kid))]


def kids_of(element):
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def outline_items(parent):
    work = [parent.get("/First")]
    seen = set()
    while work:
        item = work.pop()
        if item is None or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield item
        work += [item.get("/Next"), item.get("/First")]


def read_pieces(path, found):
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            sheet = Sheet()
            height = page.get_height()
            width = page.get_width()
            letters = page.get_textpage()
            for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
                piece = pdfium.FPDFPage_GetObject(page.raw, at)
                if pdfium.FPDFPageObj_GetType(piece) != pdfium.FPDF_PAGEOBJ_TEXT:
                    continue
                mark = pdfium.FPDFPageObj_GetMarkedContentID(piece)
                read_piece(piece, letters, sheet.untagged if mark < 0 else sheet.tagged.setdefault(mark, []), width, height)
            found.sheets.append(sheet)
            letters.close()
            page.close()
    finally:
        document.close()


def read_piece(piece, letters, into, width, height):
    length = pdfium.FPDFTextObj_GetText(piece, letters.raw, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    pdfium.FPDFTextObj_GetText(piece, letters.raw, buffer, length)
    text = bytes(buffer).decode("utf-16-le", "replace").split("\0")[0]
    if not text:
        text = " "      # PDFium gives nothing for a piece that is but a space.
    size = ctypes.c_float()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(piece, size)
    pdfium.FPDFPageObj_GetMatrix(piece, matrix)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
    scale = (matrix.c ** 2 + matrix.d ** 2) ** 0.5      # How tall the matrix makes a letter, turned or not.
    into.append(Piece(text, round(size.value * scale, 1), 1 - top.value / height, left.value / width, 1 - bottom.value / height, right.value / width))


def leaves(node):
    """The pieces of text beneath a node in the order of the tags: on which page, under which mark, whether a new block
    begins before it, whether it is a label (a number, a bullet, the mark of a note), and which roles it stands in."""
    fresh = True
    work = [(node, False, frozenset())]
    while work:
        kid, label, within = work.pop()
        if isinstance(kid, bool):
            fresh = kid
        elif isinstance(kid, Node):
            if kid.role in NOTES:
                work.append((fresh, label, within))     # The sentence goes on behind it.
                fresh = True
            elif kid.role not in INLINE:
                work.append((True, label, within))
                fresh = True
            if kid.role in APART:
                within = within | {kid.role}
            work += [(one, label or kid.role == "Lbl", within) for one in reversed(kid.kids)]
        else:
            yield *kid, fresh, label, within
            fresh = False


def flatten(found):
    """The whole tree once, as text, by page: the papers of a pack are asked for one by one."""
    by_page = {}
    if found.tree:
        for order, (page, mark, fresh, label, within) in enumerate(leaves(found.tree)):
            if page is not None and page < len(found.sheets):
                said = "".join(piece.text for piece in found.sheets[page].tagged.get(mark, []))
                by_page.setdefault(page, []).append((order, said, fresh, label, within))
    return by_page


def said(pdf, pages=None, skip=()):
    """The text of some pages (of all, if None) in the order of the tags: pieces, whether each begins a block, whether it is a
    label. What stands within elements of the roles in `skip` is passed over."""
    if not pdf.flat:
        pdf.flat = flatten(pdf)
    chosen = pdf.flat.keys() if pages is None else pdf.flat.keys() & set(pages)
    for _, text, fresh, label, within in sorted((one for page in chosen for one in pdf.flat[page]), key=lambda one: one[0]):
        if within.isdisjoint(skip):
            yield text, fresh, label


def text_of_pages(pdf, pages=None, labels=True):
    """The text of some pages as a screen reader comes to it."""
    return tidy("".join((" " if fresh else "") + text for text, fresh, label in said(pdf, pages) if labels or not label))


def text_of(pdf, node, labels=True):
    """The text beneath one node."""
    parts = []
    for page, mark, fresh, label, _ in leaves(node):
        if (labels or not label) and page is not None and page < len(pdf.sheets):
            parts += [" " if fresh else ""] + [piece.text for piece in pdf.sheets[page].tagged.get(mark, [])]
    return tidy("".join(parts))


def nodes(pdf, role, pages=None):
    """The elements of a role, in order, whose text begins on one of these pages (of all, if None)."""
    if role not in pdf.nodes:
        found = pdf.tree.all(role) if pdf.tree else []
        pdf.nodes[role] = [(next((page for page, *_ in leaves(node)), None), node) for node in found]
    return [node for page, node in pdf.nodes[role] if pages is None or page in pages]
