"""check.py DIR [--word WORD] [--public DIR]

The PDFs of a built site, as other people's programs see them: PDF/UA-1 and PDF/A-2a, tags, fonts, the size of type
(conformance.py); page numbers and ranges (ranges.py); no word of the site lost on the way (completeness.py); and no
private word in them (private.py). With --public, DIR is the members' edition of the site in that folder.
"""

import argparse
import contextlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import completeness
import conformance
import pdf as reading
import private
import ranges
from pages import Site
from report import Report, cannot_run


def look_at_one(job):
    """One PDF on its own, in a process of its own: what it holds, and what is wrong with it."""
    root, file, word = job
    report = Report(file)
    found = reading.read(Path(root, file))
    conformance.look(report, file, found)
    if word and not found.error:
        found.private = private.places_of(file, found, word)
    return file, found, report


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("folder")
    parser.add_argument("--word", help="stands in every private text, and must stand in no public one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--public", help="DIR is the members' edition of this site")
    options = parser.parse_args(arguments)
    if not Path(options.folder).is_dir():
        cannot_run(f"{options.folder} is not a folder")
    site = Site(options.folder)
    if not site.pages:
        cannot_run(f"{options.folder} holds no HTML page")
    report = Report("pdf")
    if not site.pdfs:
        cannot_run(f"{options.folder} holds no PDF")
    ours = [file for file in site.pdfs if file.endswith("/pack.pdf") or file[:-4] + ".html" in site.pages]
    with contextlib.ExitStack() as stack:
        several = stack.enter_context(ProcessPoolExecutor(options.jobs)).map if options.jobs > 1 else map
        pdfs = {}
        # The largest first: the last to be done should not be the longest.
        jobs = sorted(ours, key=lambda file: -(site.root / file).stat().st_size)
        for file, found, one in several(look_at_one, [(options.folder, file, options.word) for file in jobs]):
            pdfs[file] = found
            report.add(one)
    pdfs = {file: pdfs[file] for file in ours}
    ranges.look(report, site, pdfs)
    completeness.look(report, site, pdfs)
    if options.word and options.public:
        private.members(report, site, pdfs, Site(options.public), options.word)
    elif options.word:
        private.public(report, pdfs, options.word)
    sheets = sum(len(found.sheets) for found in pdfs.values())
    theirs = len(site.pdfs) - len(ours)
    return report.finish(f"{len(ours)} PDFs, {sheets} pages" + (f", {theirs} attached by authors not looked at" if theirs else ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
