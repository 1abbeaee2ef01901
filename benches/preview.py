#!/usr/bin/env python3
"""How soon `quorate serve` shows an edit, how soon it has checked it, how long it takes to start, and how much memory it
keeps, at 100, 1,000 and 10,000 papers. What is measured, and what is not: benches/README.md.

  benches/preview.py                            20 edits of each kind, and 1,000 more for memory
  benches/preview.py --sizes 100,1000           other sizes
  benches/preview.py --edits 5 --hammer 0       fewer edits; none for memory
  QUORATE=/path/to/quorate benches/preview.py   a Quorate that is already built (CORPUS does the same for the generator)

Needs Linux (it reads /proc) and Python 3.9 or later, and nothing beside it. Everything is written into a new folder in
memory (/dev/shm, or $TMPDIR if that is set) and removed at the end.
"""

import argparse
import http.client
import json
import os
import queue
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

QUIET = 0.1  # the debounce: how long it must be quiet before anything is told, in seconds
PATIENCE = 120  # seconds until an event that does not come is a failure
THEME = Path("themes/default/assets/quorate.css")


class Failed(Exception):
    """What was expected did not come."""


class Server:
    """A running `quorate serve`."""

    def __init__(self, quorate, content, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = log
        self.started = time.perf_counter()
        with open(log, "wb") as said:
            command = [quorate, "serve", "--port", str(self.port), "--content", str(content)]
            self.process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)

    def get(self, path):
        """The status and the text of what is at an address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        finally:
            connection.close()

    def wait_for_first_page(self, page):
        """Seconds from the start of the process until it has sent a page whole."""
        while True:
            if self.process.poll() is not None:
                raise Failed(f"quorate serve ended: {Path(self.log).read_text(errors='replace')[-2000:]}")
            if time.perf_counter() - self.started > PATIENCE:
                raise Failed("no page came")
            try:
                if self.get(f"/public/{page}")[0] == 200:
                    return time.perf_counter() - self.started
            except OSError:
                pass
            time.sleep(0.002)

    def bar(self, page):
        """The status and the HTML of the bar of a page."""
        return self.get(f"/-/bar?{urlencode({'view': 'public', 'path': page})}")

    def checking(self, page):
        """Whether the bar of a page says that the papers are still being checked."""
        status, bar = self.bar(page)
        found = re.search(r'\sdata-checking="(true|false)"', bar)
        if status != 200 or not found:
            raise Failed(f"the bar of {page} does not say whether it is checking (status {status})")
        return found[1] == "true"

    def memory(self, name="VmRSS"):
        """Resident memory in megabytes; `VmHWM` is the most it ever was."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+) kB", status, re.M)[1]) / 1024

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Tab:
    """The event stream of one page, as a browser's tab has it open."""

    def __init__(self, server, page):
        self.server, self.page = server, page
        self.events = queue.Queue()
        status, text = server.get(f"/public/{page}")
        if status not in (200, 404):
            raise Failed(f"/public/{page} gives status {status}")
        self.text = text
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        asked = urlencode({"view": "public", "path": page, "version": ""})
        self.connection.request("GET", f"/-/events?{asked}", headers={"Accept": "text/event-stream"})
        self.answer = self.connection.getresponse()
        kind = self.answer.headers.get_content_type()
        if self.answer.status != 200 or kind != "text/event-stream":
            raise Failed(f"the event stream of {page} gives status {self.answer.status}, {kind}")
        threading.Thread(target=self.listen, daemon=True).start()
        name, _, _ = self.next()
        if name != "hello":
            raise Failed(f"a stream begins with {name}, not with hello")

    def listen(self):
        try:
            for name, data in events(iter(self.answer.readline, b"")):
                self.events.put((name, json.loads(data), time.perf_counter()))
        except (OSError, ValueError, AttributeError, http.client.HTTPException) as error:
            self.events.put(("broken", str(error), time.perf_counter()))
        self.events.put(("end", "", time.perf_counter()))

    def next(self, patience=PATIENCE):
        """The next event: its name, what it says, and when it came."""
        try:
            event = self.events.get(timeout=patience)
        except queue.Empty:
            raise Failed(f"{self.page} was told nothing for {patience} seconds") from None
        if event[0] in ("end", "broken"):
            raise Failed(f"the event stream of {self.page} broke off: {event[1]}")
        return event

    def until(self, names):
        """The next event of one of these names."""
        while True:
            event = self.next()
            if event[0] in names:
                return event

    def settle(self):
        """Waits until nothing is being checked, and forgets what was told until then."""
        while self.server.checking(self.page):
            self.until(["bar"])
        while not self.events.empty():
            self.next()

    def close(self):
        # A stream that is being read can only be ended from beneath.
        try:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass


def events(lines):
    """The events of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html): names and data."""
    name, data = "message", []
    for line in lines:
        line = line.decode("utf-8").rstrip("\r\n")
        if not line:
            if data:
                yield name, "\n".join(data)
            name, data = "message", []
        elif not line.startswith(":"):
            field, _, value = line.partition(":")
            value = value[1:] if value.startswith(" ") else value
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)


class Corpus:
    """The papers, and one of them that is edited: one with a table from a CSV file, in the middle of all of these."""

    def __init__(self, program, folder, size):
        self.content = folder / "content"
        subprocess.run([program, self.content, str(size)], check=True, stdout=subprocess.DEVNULL)
        style = folder / THEME
        style.parent.mkdir(parents=True)
        shutil.copyfile(THEME, style)
        figures = sorted(self.content.glob("meetings/*/*/data/*-figures.csv"))
        self.csv = figures[len(figures) // 2]
        self.meeting = self.csv.parent.parent
        self.paper = next(self.meeting.glob(self.csv.name[:3] + "*.md"))
        self.body = self.content / "bodies" / f"{self.meeting.parent.name}.yaml"
        self.new = self.meeting / "98-one-more.md"
        self.style = style
        self.files = sum(1 for path in self.content.rglob("*") if path.is_file())

    def page(self, path):
        return path.relative_to(self.content).with_suffix(".html").as_posix()

    def kinds(self):
        """Each kind of edit: what it is called, the page that is open, what is told of it, and what makes the Nth
        edit. That gives the file and what to write into it (nothing: delete it), and a word that the page must hold
        then (or, where it is deleted, must not)."""
        paper, body, csv = self.paper.read_text(), self.body.read_text(), self.csv.read_text()
        head, style = paper.split("\n---\n", 1)[0], self.style.read_text()
        last_member = list(re.finditer(r"\{person: ([^,]+), role: member, from: [^,}]+\}", body))[-1]
        others = re.findall(r"^([^\s:][^:]*):$", (self.content / "people.yaml").read_text(), re.M)
        others = [name for name in others if f"person: {name}," not in body]
        named = re.compile(r"^((?:[^,\n]*\n)?[^\n]*\n[^,\n]*,)([^,\n]*)")

        def words(n):
            return self.paper, f"{paper}\nAnd so it was edited, edition{n}.\n", f"edition{n}."

        def title(n):
            new_head, count = re.subn(r'^title: .*$', f'title: "Edited: title{n}"', head, flags=re.M)
            if count != 1:
                raise Failed(f"{self.paper} has no title in its head")
            return self.paper, paper.replace(head, new_head, 1), f"Edited: title{n}"

        def member(n):
            name = others[n % len(others)]
            return self.body, body[: last_member.start(1)] + name + body[last_member.end(1):], name

        def figures(n):
            new, count = named.subn(lambda found: f"{found[1]}line{n}", csv, count=1)
            if count != 1:
                raise Failed(f"{self.csv} has no second column")
            return self.csv, new, f"line{n}"

        def added(n):
            new = re.sub(r'^title: .*$', f'title: "One more: added{n}"', paper, count=1, flags=re.M)
            return self.new, re.sub(r"^name: .*\n", "", new, flags=re.M), f"One more: added{n}"

        def deleted(_):
            return self.new, None, "One more: added"

        def styled(n):
            return self.style, f"{style}\n.edited{n} {{ color: inherit; }}\n", f".edited{n} "

        page, new = self.page(self.paper), self.page(self.new)
        body_page = f"bodies/{self.body.stem}/index.html"
        return [
            ("words of a paper", page, ["page"], [words]),
            ("title of a paper", page, ["page"], [title]),
            ("a CSV file of a paper", page, ["page"], [figures]),
            ("a member of a body", body_page, ["page"], [member]),
            ("a paper added, and deleted again", new, ["page", "bar"], [added, deleted]),
            ("the stylesheet", page, ["style"], [styled]),
        ], [(path, path.read_text()) for path in (self.paper, self.body, self.csv, self.style)]


class Times:
    """What one kind of edit took, in seconds."""

    def __init__(self):
        self.event, self.page, self.checked = [], [], []

    def row(self, name):
        def both(figures):
            return f"{statistics.median(figures) * 1000:.0f} | {max(figures) * 1000:.0f}" if figures else "– | –"

        after = [event - QUIET for event in self.event]
        return f"| {name} | {both(self.event)} | {both(after)} | {both(self.page)} | {both(self.checked)} |"


def edit(tab, kinds, step, times):
    """Makes an edit, waits until it is told of, and holds what then comes against what was written."""
    path, text, word = step
    tab.settle()
    began = time.perf_counter()
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    while True:
        name, data, told = tab.until(kinds)
        address = f"/public/{data['href'] if name == 'style' else tab.page}"
        status, shown = tab.server.get(address)
        here = time.perf_counter()
        if text is not None:
            done = status == 200 and word in shown
        else:
            # The last version may stand there still, under a bar that says so.
            done = status != 200 or word not in shown or "renamed or deleted" in tab.server.bar(tab.page)[1]
        if done:
            break
        # A save that was caught in the middle is told of twice. If it was not that, nothing more comes, and it fails there.
    times.event.append(told - began)
    times.page.append(here - told)
    while tab.server.checking(tab.page):
        tab.until(["bar"])
    times.checked.append(time.perf_counter() - began)


def measure(quorate, corpus, arguments, said):
    """The rows of one size: the edits, and what else."""
    server = Server(quorate, corpus.content, said)
    try:
        kinds, originals = corpus.kinds()
        first = server.wait_for_first_page("index.html")
        at_start = server.memory()
        tab = Tab(server, corpus.page(corpus.paper))
        tab.settle()
        checked = time.perf_counter() - server.started
        settled = server.memory()
        tab.close()
        rows = []
        for name, page, told, steps in kinds:
            tab, times = Tab(server, page), [Times() for _ in steps]
            for number in range(arguments.edits):
                for step, of_step in zip(steps, times):
                    edit(tab, told, step(number), of_step)
            names = [name] if len(steps) == 1 else ["a paper added", "a paper deleted"]
            rows += [of_step.row(name) for name, of_step in zip(names, times)]
            for path, text in originals:
                if path.read_text() != text:
                    path.write_text(text)
                    tab.until(told)
            tab.settle()
            tab.close()
        after = None
        if arguments.hammer:
            _, page, told, (step,) = kinds[0]
            tab, times = Tab(server, page), Times()
            for number in range(arguments.hammer):
                edit(tab, told, step(1_000_000 + number), times)
            rows.append(times.row(f"words of a paper, {arguments.hammer:,} times more"))
            tab.settle()
            tab.close()
            after = server.memory()
        most = server.memory("VmHWM")
    finally:
        server.end()
    return rows, (first, checked, at_start, settled, after, most)


def built(name, kind):
    """The path of a program of ours, built now unless the environment names one."""
    given = os.environ.get(name.upper())
    if given:
        return given
    subprocess.run(["cargo", "build", "--release", kind, name], check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target")) / "release"
    return str(((target / "examples" if kind == "--example" else target) / name).resolve())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of papers, with commas between")
    parser.add_argument("--edits", type=int, default=20, help="edits of each kind")
    parser.add_argument("--hammer", type=int, default=1000, help="edits more, for memory")
    arguments = parser.parse_args()
    for given in ("QUORATE", "CORPUS"):
        if os.environ.get(given):
            os.environ[given] = str(Path(os.environ[given]).resolve())
    os.chdir(Path(__file__).resolve().parent.parent)
    quorate, corpus = built("quorate", "--bin"), built("corpus", "--example")
    base = os.environ.get("TMPDIR") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp")
    totals = []
    for size in map(int, arguments.sizes.split(",")):
        work = Path(tempfile.mkdtemp(prefix="quorate-preview.", dir=base))
        try:
            papers = Corpus(corpus, work, size)
            rows, total = measure(quorate, papers, arguments, work / "said")
        except Failed as failure:
            sys.exit(f"preview.py: at {size:,} papers: {failure}")
        finally:
            shutil.rmtree(work)
        print(f"\n| {size:,} papers ({papers.files:,} files), {arguments.edits} edits each; milliseconds "
              "| saved → told, median | worst | without the 100 ms, median | worst "
              "| told → page here, median | worst | saved → checked, median | worst |")
        print("|---|" + "--:|" * 8)
        print("\n".join(rows), flush=True)
        totals.append((size, total))
    print("\n| papers | start → first page (s) | start → checked (s) | memory at the first page (MB) | when checked "
          "| after all edits | most |")
    print("|--:|" + "--:|" * 6)
    for size, (first, checked, at_start, settled, after, most) in totals:
        edited = "–" if after is None else f"{after:.0f}"
        print(f"| {size:,} | {first:.2f} | {checked:.2f} | {at_start:.0f} | {settled:.0f} | {edited} | {most:.0f} |")


if __name__ == "__main__":
    main()
