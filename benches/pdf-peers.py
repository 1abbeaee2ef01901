#!/usr/bin/env python3
"""How fast a long pack becomes a PDF, and how much memory that takes, beside the two usual ways of printing HTML: headless
Chromium and WeasyPrint. What is compared, and what is not: benches/README.md.

  benches/pdf-peers.py SITE MEETING…                   about 500 pages from the papers of these meetings (their folders below SITE)
  benches/pdf-peers.py SITE MEETING --pages 100        another length
  benches/pdf-peers.py SITE MEETING --runs 5           another number of runs; medians are shown
  benches/pdf-peers.py … --ours 'COMMAND' --ours-pdf FILE
                                                       runs our own beside them: the command writes FILE, whose pages are counted

SITE is a built site. The papers' <main> parts, as often as it takes, become one HTML file with the site's own style sheet.
Chromium is $CHROMIUM or `chromium`. WeasyPrint comes from PyPI into a folder that is removed at the end; it needs Debian's
libpango-1.0-0 and libpangoft2-1.0-0. Pages are counted by `pdfinfo`.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

WEASYPRINT = "weasyprint==70.0"
PRINT = """
import sys, weasyprint
options = {"pdf_tags": True, "pdf_variant": "pdf/ua-1"} if sys.argv[3] == "tagged" else {}
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], **options)
"""


def papers_of(site, meeting):
    """The pages of a meeting's papers, in the order of the agenda."""
    page = site / meeting / "index.html"
    text = page.read_text(encoding="utf-8")
    agenda = text[text.index('id="agenda"'):]
    found = []
    for href in re.findall(r'<p class="title"><a href="([^"#]+\.html)"|<li><a href="([^"#]+\.html)">Appendix', agenda):
        paper = (page.parent / (href[0] or href[1])).resolve()
        if paper.is_file() and paper not in found:
            found.append(paper)
    return found


def main_part(page):
    text = page.read_text(encoding="utf-8")
    part = re.search(r"<main[^>]*>(.*)</main>", text, re.S)[1]
    # What nobody prints, and what is hidden: browsers skip it by the style sheet, but would still have to read it.
    part = re.sub(r"<nav\b.*?</nav>", "", part, flags=re.S)
    return part.replace("<h1", '<h1 class="first"', 1)


def document(site, parts, copies, into):
    """One HTML file. Identifiers are made different in each copy, as they would be in a pack of different papers."""
    styles = "".join(f'<link rel="stylesheet" href="{path.as_uri()}">' for path in sorted((site / "assets").glob("*.css")))
    body = []
    for copy in range(copies):
        for number, part in enumerate(parts):
            mark = f"c{copy}-{number}-"
            part = re.sub(r'\b(id|aria-labelledby|aria-describedby)="([^"]+)"', lambda found: f'{found[1]}="' + " ".join(mark + one for one in found[2].split()) + '"', part)
            part = re.sub(r'href="#([^"]+)"', rf'href="#{mark}\1"', part)
            body.append(f'<section class="paper-of-pack">{part}</section>')
    into.write_text(
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Public document pack</title>'
        f"{styles}<style>@page {{ size: A4; margin: 2cm; }} .paper-of-pack {{ break-before: right; }}"
        ' html { font: 12pt "DejaVu Sans", sans-serif; }</style></head><body><main>' + "\n".join(body) + "</main></body></html>",
        encoding="utf-8",
    )


def family(process):
    """A process and all that descend from it."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                children.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
            except (OSError, IndexError):
                continue
    found, work = [], [process]
    while work:
        one = work.pop()
        found.append(one)
        work += children.get(one, [])
    return found


def memory(process):
    """Megabytes that a family holds; what several of its processes share is counted once."""
    total = 0
    for one in family(process):
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            continue
    return total / 1024


def measure(command, log):
    """Seconds, and the most memory seen; looked at twenty times a second. A command that fails ends it all."""
    peak, over = 0.0, threading.Event()
    started = time.monotonic()
    with open(log, "wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)

        def watch():
            nonlocal peak
            while not over.wait(0.05):
                peak = max(peak, memory(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        took = time.monotonic() - started
        over.set()
        watcher.join()
    if code != 0:
        sys.exit(f"{command[0]} ended with {code}: {Path(log).read_text(errors='replace')[-800:]}")
    return took, peak


def pages(pdf):
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    tagged = re.search(r"^Tagged:\s+(\w+)", said, re.M)[1]
    return int(re.search(r"^Pages:\s+(\d+)", said, re.M)[1]), tagged


def install(work):
    """A Python that has WeasyPrint, or None and why not."""
    python = work / "venv/bin/python"
    subprocess.run([sys.executable, "-m", "venv", str(work / "venv")], check=True)
    for command in ([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", WEASYPRINT], [str(python), "-c", "import weasyprint"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return None, done.stderr.strip().splitlines()[-1:]
    return str(python), ""


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("meetings", nargs="+")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ours")
    parser.add_argument("--ours-pdf")
    options = parser.parse_args()
    site = options.site.resolve()
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium")) or sys.exit("pdf-peers.py needs Chromium")
    parts = [main_part(paper) for meeting in options.meetings for paper in papers_of(site, meeting)]
    if not parts:
        sys.exit("these meetings have no papers")

    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", base)) as folder:
        work = Path(folder)

        def by_chromium(html, pdf):
            return [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
                "--disable-dev-shm-usage", f"--user-data-dir={work / 'profile'}", "--no-pdf-header-footer", "--export-tagged-pdf",
                "--generate-pdf-document-outline", f"--print-to-pdf={pdf}", html.as_uri(),
            ]

        html, pdf = work / "pack.html", work / "pack.pdf"
        document(site, parts, 1, html)
        measure(by_chromium(html, pdf), work / "log")
        once, _ = pages(pdf)
        copies = max(1, round(options.pages / once))
        document(site, parts, copies, html)
        words = len(re.sub(r"<[^>]*>", " ", html.read_text(encoding="utf-8")).split())
        print(f"{len(parts)} papers, {copies} times: {words:,} words, {html.stat().st_size / 1e6:.1f} MB of HTML; medians of {options.runs} runs\n")

        rows = [("Chromium, tagged, with outline", by_chromium(html, pdf), pdf)]
        python, why = install(work)
        if python:
            for name, kind in (("WeasyPrint", "plain"), ("WeasyPrint, tagged (PDF/UA-1)", "tagged")):
                rows.append((name, [python, "-c", PRINT, str(html), str(pdf), kind], pdf))
        else:
            print(f"WeasyPrint does not run here: {why}\n")
        if options.ours:
            rows.append(("Quorate", ["bash", "-c", options.ours], Path(options.ours_pdf)))
        print("| what | pages | tagged | seconds | pages a second | peak memory, MB | PDF, MB |\n|---|---|---|---|---|---|---|")
        for name, command, result in rows:
            runs = [measure(command, work / "log") for _ in range(options.runs)]
            count, tagged = pages(result)
            took = statistics.median(run[0] for run in runs)
            print(f"| {name} | {count} | {tagged} | {took:.1f} | {count / took:.0f} | {statistics.median(run[1] for run in runs):.0f} | {result.stat().st_size / 1e6:.1f} |", flush=True)


if __name__ == "__main__":
    main()
