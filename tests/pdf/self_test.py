"""self_test.py PUBLIC MEMBERS WORD

Checks the checks: a few papers of a built site pass, and each fault put into them is found, with a message that names it.
A check that cannot fail proves nothing. The faults are put into copies, in PDFs by qpdf's library, in pages as text.
"""

import contextlib
import io
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

import check
import pdf as reading
from pages import Site, by_class, text_of_page
from report import Report, cannot_run

class Faulty:
    """A copy of the sample's smallest part that has everything, to put faults into."""

    def __init__(self, folder, part):
        self.folder, self.part = folder, part

    def spoil(self, file, change):
        """Opens a PDF, changes it, and writes it back as it was: nothing but the change tells it from the good one."""
        path = self.folder / file
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path, fix_metadata_version=False)

    def patch(self, file, old, new):
        path = self.folder / file
        path.write_bytes(re.sub(old, new, path.read_bytes(), count=1))

    def replace(self, file, old, new, times=1):
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        changed = re.sub(old, new, text, count=times, flags=re.S)
        if text == changed:
            raise ValueError(f"{file} has no {old}")
        path.write_text(changed, encoding="utf-8")


class Part:
    """Which files of the site the self-test takes: one meeting with its papers, and a paper with a drawing."""

    def __init__(self, root, word, wanted=None):
        site = Site(root)
        choice = []
        for meeting in site.of_type("meeting"):
            links = [link for link in site.links(meeting)[0] if link.file.endswith("/pack.pdf") and link.file in site.pdfs]
            papers = [file for link in links for file in link.papers]
            if not links or (wanted and not wanted & set(papers)):
                continue
            choice.append((not wanted and len({link.first for link in links}) < 2, (site.root / links[0].file).stat().st_size, meeting.file, links, papers))
        if not choice:
            cannot_run(f"{root} has no meeting to try the checks on")
        *_, self.meeting, self.links, self.papers = min(choice, key=lambda one: one[:3])
        self.papers = list(dict.fromkeys(self.papers))
        self.pack = self.links[0].file
        drawn = [page for page in site.papers() if text_of_page(page).figures and page.pdf in site.pdfs]
        tabled = [page for page in site.papers() if text_of_page(page).tables and page.pdf in site.pdfs and not by_class(page.tree, "footnotes")]
        if not drawn or not tabled:
            cannot_run(f"{root} has no paper with a drawing, or none with a table")
        size = lambda page: (site.root / page.pdf).stat().st_size
        self.drawn, self.tabled = min(drawn, key=size), min(tabled, key=size)
        self.first = site.pages[self.papers[0]]
        self.files = {self.meeting, self.pack}
        for page in [*(site.pages[file] for file in self.papers), self.drawn, self.tabled]:
            self.files |= {page.file, page.pdf}
        self.others = {page.file for page in (self.drawn, self.tabled)} - set(self.papers)
        self.root, self.word = site.root, word

    def blank_last(self, link):
        """Whether a range of two pages is one page of text and a blank one."""
        return link.last == link.first + 1 and reading.read(self.root / link.file).sheets[link.page].blank

    def copy(self, folder):
        for file in self.files:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.root / file, path)
        for file in self.others:        # Their packs stay behind.
            path = folder / file
            path.write_text(re.sub(r'<a class="pack-pages".*?</a>', "", path.read_text(encoding="utf-8"), flags=re.S), encoding="utf-8")
        return Faulty(folder, self)


def elements(pdf, *roles):
    """The elements of some roles in the tree of tags, in order."""
    work, found = [pdf.Root.StructTreeRoot], []
    while work:
        node = work.pop()
        if not isinstance(node, Dictionary):
            continue
        if node.get("/S") in [Name("/" + role) for role in roles]:
            found.append(node)
        kids = node.get("/K", [])
        work += reversed(list(kids) if isinstance(kids, Array) else [kids])
    return found


def metadata(old, new):
    def change(pdf):
        text = pdf.Root.Metadata.read_bytes().decode()
        if not re.search(old, text):
            raise ValueError(f"the metadata have no {old}")
        pdf.Root.Metadata.write(re.sub(old, new, text).encode())
    return change


def on_all(role, act):
    def change(pdf):
        found = elements(pdf, role)
        if not found:
            raise ValueError(f"there is no {role}")
        for element in found:
            act(element)
    return change


def drop(dictionary, *keys):
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def rename(role):
    return lambda element: element.__setitem__("/S", Name("/" + role))


def swap_tags(pdf):
    """The first and the last paragraph beneath a heading change places in the order of the tags, and nothing that is seen changes."""
    paragraphs, heading = [], False
    for element in elements(pdf, "H2", "P"):
        if heading and element.S == Name.P and "/K" in element:
            paragraphs.append(element)
        heading = element.S == Name.H2
    one, other = paragraphs[0], paragraphs[-1]
    for key in ("/K", "/Pg"):
        first, second = one.get(key), other.get(key)
        for element, value in ((one, second), (other, first)):
            if value is None:
                drop(element, key)
            else:
                element[key] = value


def rewrite(pdf, act, pages=None):
    for page in pdf.pages if pages is None else [pdf.pages[at] for at in pages]:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(act(pikepdf.parse_content_stream(page))))


def without_artifacts(operations):
    """The page without its running head and foot."""
    kept, depth, inside = [], 0, None
    for operation in operations:
        name = str(operation.operator)
        if name in ("BMC", "BDC"):
            depth += 1
            if inside is None and operation.operands[0] == Name.Artifact:
                inside = depth
        if inside is None or name not in ("Tj", "TJ", "'", '"'):
            kept.append(operation)
        if name == "EMC":
            if inside == depth:
                inside = None
            depth -= 1
    return kept


def smaller(operations):
    for operation in operations:
        if str(operation.operator) == "Tf":
            operation = pikepdf.ContentStreamInstruction([operation.operands[0], 9], operation.operator)
        yield operation


def write_on(pdf, text):
    """Text that is seen but not tagged, in a font that the file does not hold."""
    page = pdf.pages[0]
    name = page.add_resource(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica), Name.Font)
    page.contents_add(f"BT {name} 12 Tf 100 300 Td ({text}) Tj ET".encode())


def fonts(pdf):
    return [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.Font]


def without_letters(pdf):
    for font in fonts(pdf):
        drop(font, "/ToUnicode")


def without_shapes(pdf):
    for one in pdf.objects:
        if isinstance(one, Dictionary):
            drop(one, "/FontFile", "/FontFile2", "/FontFile3")


def faults(part, word):
    """Name, what is done to a copy, what must be said (parts of messages)."""
    pack, first, drawn, tabled, meeting = part.pack, part.first, part.drawn, part.tabled, part.meeting
    link = part.links[0]
    paragraph = r'(<p\b[^>]*>(?:<a class="number"[^>]*>[^<]*</a>)?\s*[A-Z][^<]{20,}</p>)'
    title = re.escape(first.title.split()[0])

    def in_pack(change):
        return lambda site: site.spoil(pack, change)

    def in_paper(change, page=first):
        return lambda site: site.spoil(page.pdf, change)

    def on_page(old, new, page=first):
        return lambda site: site.replace(page.file if hasattr(page, "file") else page, old, new)

    yield "no tags", in_paper(lambda pdf: drop(pdf.Root, "/StructTreeRoot", "/MarkInfo")), ["is not tagged", "PDF/UA-1, rule"]
    yield "nothing stated", all_of(
        in_paper(lambda pdf: drop(pdf.Root, "/Lang", "/Outlines")),
        in_paper(metadata("<dc:title>.*?</dc:title>", "")),
        in_paper(metadata("<pdfuaid:part>1</pdfuaid:part>", "")),
        in_paper(metadata("<pdfaid:conformance>A", "<pdfaid:conformance>B")),
        in_paper(lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")))),
        in_pack(lambda pdf: pdf.pages[0].__setitem__("/MediaBox", Array([0, 0, 612, 792]))),
    ), ["its language is “”", "has no title in its XMP metadata", "does not say that it is PDF/UA-1", "does not say that it is PDF/A-2a", "has no outline", "/OpenAction", "is not A4"]
    yield "half a file", lambda site: os.truncate(site.folder / first.pdf, (site.folder / first.pdf).stat().st_size // 2), [first.pdf + ": "]
    yield "a wrong length", lambda site: site.patch(first.pdf, rb"/Length (\d+)", lambda found: b"/Length %d" % (int(found[1]) + 3)), ["qpdf --check ends with"]
    yield "fonts without letters, without shapes", in_paper(lambda pdf: (without_letters(pdf), without_shapes(pdf))), ["does not say which letters it shows", "does not hold its font"]
    yield "text small, off the page", in_paper(lambda pdf: (rewrite(pdf, smaller), pdf.pages[0].contents_add(b"1 0 0 1 -300 0 cm", prepend=True))), ["is set in 9 points, not 12", "sticks out of the page"]
    yield "text upon text", in_paper(lambda pdf: (write_on(pdf, "one upon the other"), write_on(pdf, "one upon the other"))), ["lie upon each other"]
    yield "bad tags", all_of(
        in_paper(on_all("TH", rename("TD")), tabled),
        in_paper(on_all("Figure", lambda element: element.__setitem__("/Alt", String(""))), drawn),
        in_paper(lambda pdf: rename("H5")(elements(pdf, "H2")[0])),
        in_paper(lambda pdf: elements(pdf, "H1")[0].__setitem__("/K", Array([]))),
        in_paper(on_all("Document", rename("Sect"))),
    ), ["has no header cell", "has no alternative text", "is of level 5, though", "has an empty heading (H1)", "not one Document"]
    yield "another alternative", in_paper(on_all("Figure", lambda element: element.__setitem__("/Alt", String("A picture"))), drawn), ["no figure's alternative text says"]
    yield "order of tags", in_paper(swap_tags), ["stands before"]
    yield "a page too few", in_pack(lambda pdf: pdf.pages.__delitem__(link.page - 1)), ["comes next in this meeting's run", "leads to the page that is numbered"]
    yield "pages swapped", in_pack(swap_pages), ["comes next in this meeting's run"]
    yield "no head and foot", in_pack(lambda pdf: rewrite(pdf, without_artifacts, [link.page - 1])), ["in the foot", "no web address", "no running head"]
    yield "a link elsewhere", on_page(r'(class="pack-pages" href="[^"]*#page=)\d+', rf"\g<1>{link.page + 2}", meeting), ["leads to the page that is numbered"]
    yield "another range", on_page(rf"(Pages? {link.first})(?:–{link.last})?", rf"Pages {link.first}–{link.last + 2}", meeting), ["is not of that paper", f"its agenda prints “Pages {link.first}–{link.last}”, which", "its agenda does not print"]
    for long in [one for one in part.links if one.last > one.first and not part.blank_last(one)][:1]:
        yield "a shorter range", on_page(rf"(class=\"pack-pages\"[^>]*>)Pages? {long.first}–{long.last}", rf"\g<1>Page {long.first}", meeting), ["the page after is of the same paper"]
    yield "left-hand page", on_page(rf'(class="pack-pages" href="[^"]*#page=)\d+">Pages? {link.first}', rf'\g<1>{link.page - 1}">Pages {link.first - 1}', meeting), ["begins on a left-hand page"]
    yield "no link to the pack", on_page(r'class="pack-pages"', 'class="other"', meeting), ["but no link to their pages in the pack"]
    yield "an odd link", on_page(r'(class="pack-pages"[^>]*)#page=\d+', r"\g<1>", meeting), ["is not of the form"]
    yield "another title", on_page(rf"(<h1.*?){title}", r"\g<1>Somethingelse"), ["does not begin on the page it leads to", "the title “Somethingelse"]
    yield "a PDF missing", lambda site: (site.folder / first.pdf).unlink(), ["has no PDF"]
    yield "other pages and size said", on_page(r"PDF, [\d.,]+ ?(\w+), \d+ pages?", r"PDF, 9,999 \1, 99 pages"), ["says that its PDF has 99 pages", "says that its PDF has 9,999"]
    yield "a word lost", on_page(r"(<article.*?<p\b[^>]*>(?:<a class=\"number\"[^>]*>[^<]*</a>)?\s*(?:[^<\s]+\s+){4}[^<\s]+)", r"\g<1> remarkable"), ["should come “", "remarkable", f"in {pack}", "pdftotext does not find it in one piece"]
    yield "another number", on_page(r'(<article.*?<p\b[^>]*><a class="number"[^>]*>)[^<]+', r"\g<1>47.11"), ["“47.11 ", "not behind its number"]
    yield "a caption changed", on_page("</span></caption>", " remarkable</span></caption>", tabled), ["remarkable”: after “"]
    yield "papers in another order", on_page(r'(<p class="title"><a href=")[^"]*', rf"\g<1>{os.path.relpath(part.papers[-1], os.path.dirname(meeting))}", meeting), ["should hold "]
    yield "a paragraph lost", on_page(r"(<article.*?</p>)", r"\g<1><p>Of this paragraph nothing stands in the PDF.</p>"), ["“Of this paragraph nothing stands in the PDF.”: it is not there at all"]
    yield "paragraphs swapped", on_page(r"(<article.*?)" + paragraph + r"(.*?)" + paragraph, r"\1\4\3\2"), ["stands before “"]
    yield "words run together", on_page(r"(<article.*?<p\b[^>]*>(?:<a class=\"number\"[^>]*>[^<]*</a>)?\s*\w+) (\w+)", r"\g<1>\2"), ["the words run together or apart"]
    yield "a cell changed", on_page(r"(<td[^>]*>)[^<]+</td>", r"\g<1>4,711</td>", tabled), ["lacks ['4,711']"]
    words = {
        "in the metadata": metadata("</dc:title>", f"<!-- {word} --></dc:title>"),
        "in the information": lambda pdf: pdf.docinfo.__setitem__("/Keywords", String(f"a {word.lower()}")),
        "in the outline": lambda pdf: pdf.Root.Outlines.First.__setitem__("/Title", String(f"Ω {word}")),
        "in an attachment": lambda pdf: pdf.attachments.__setitem__("x.txt", f"a {word}".encode()),
        "in a link": lambda pdf: pdf.pages[0].__setitem__("/Annots", Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=String(f"https://example.org/{word}"))))])),
        "in an alternative": lambda pdf: elements(pdf, "H1")[0].__setitem__("/Alt", String(word)),
        "on a page": lambda pdf: write_on(pdf, f"{word[:5]} {word[5:]}"),
    }
    # One fault to a file, as many files at a time as there are: each file must be named.
    files, left = sorted(file for file in part.files if file.endswith(".pdf")), list(words.items())
    while left:
        some = list(zip(files, left))
        left = left[len(some):]
        changes = [lambda site, file=file, change=change: site.spoil(file, change) for file, (_, change) in some]
        yield "a private word " + ", ".join(name for _, (name, _) in some), all_of(*changes), [f"{file}: holds the private word {word}" for file, _ in some]


def all_of(*changes):
    def change(site):
        for one in changes:
            one(site)
    return change


def swap_pages(pdf):
    pages = list(pdf.pages)
    pages[0], pages[1] = pages[1], pages[0]
    del pdf.pages[:]
    pdf.pages.extend(pages)


def private_faults(part, private):
    at = private.pdf
    yield "a private page unmarked", lambda site: site.spoil(at, lambda pdf: rewrite(pdf, without_artifacts)), ["does not say “Not for publication”"]
    yield "the private paper's PDF missing", lambda site: (site.folder / at).unlink(), ["is a private paper without a PDF"]


def run(folder, word, public=None):
    """The checks as .ci/run calls them, but within this process: most of the time would go into starting others."""
    arguments = [str(folder), "--word", word, "--jobs", "1"] + (["--public", str(public)] if public else [])
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = check.main(arguments)
        except SystemExit as ended:
            code = ended.code
    return code, said.getvalue()


CASES = []      # name, part, the public site or None, the fault or None, the code to end with, what must be said
WORK = []


def try_case(number):
    name, part, public, fault, _, _ = CASES[number]
    os.environ.pop("QUORATE_COUNTS", None)      # Its count is not CI's: most of these are meant to fail.
    folder = Path(WORK[0], str(number))
    folder.mkdir()
    site = part.copy(folder)
    try:
        if fault:
            fault(site)
    except Exception as error:      # A fault that cannot be put in proves nothing either.
        return -1, f"the fault cannot be put in: {type(error).__name__}: {error}"
    return run(folder, part.word, public)


def main(public, members, word):
    report = Report("pdf-self-test")
    private = [page for page in Site(members).papers() if not (Path(public) / page.file).exists()]
    if not private:
        cannot_run(f"{members} has no private paper")
    part, closed = Part(public, word), Part(members, word, {private[0].file})
    CASES.append(("the good site", part, None, None, 0, []))
    CASES.extend((name, part, None, fault, 1, says) for name, fault, says in faults(part, word))
    CASES.append(("the good members' site", closed, public, None, 0, []))
    CASES.extend((name, closed, public, fault, 1, says) for name, fault, says in private_faults(closed, private[0]))
    # Without --public the members' edition is held against the public's rules, and fails them.
    CASES.append(("a private paper in public", closed, None, None, 1, [f"{private[0].pdf}: holds the private word", "in a public file"]))
    with tempfile.TemporaryDirectory() as work:
        WORK.append(work)
        # Forked, because a fault is a function, which cannot be sent to another process.
        with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("fork")) as processes:
            for (name, _, _, _, code, says), (ended, output) in zip(CASES, processes.map(try_case, range(len(CASES)))):
                said = "it ended with {} and said:\n{}".format(ended, re.sub("^", "    ", output[:3000], flags=re.M))
                report.check(ended == code, name, f"should end with {code}; {said}")
                for say in says:
                    report.check(say in output, name, f"does not say “{say}”; {said}")
        empty = Path(work, "empty")
        empty.mkdir()
        ended, output = run(empty, word)
        report.check(ended == 2 and "holds no HTML page" in output, "an empty folder", f"ended with {ended}: {output}")
    return report.finish()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        cannot_run("usage: self_test.py PUBLIC MEMBERS WORD")
    sys.exit(main(*sys.argv[1:]))
