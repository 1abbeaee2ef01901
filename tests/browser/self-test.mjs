// node self-test.mjs
//
// Checks the checks: a small good site passes each of them, and each tiny fault put into it is found by the check that
// should find it, with a message that names it. A check that cannot fail proves nothing.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { spawn } from "node:child_process";
import { Report, inParallel } from "./lib.mjs";

const WORD = "ZANZIBARMARKER";
const STYLE = `
  :root { color-scheme: light dark; --ink: #222; --paper: #fff; --link: #00468c; }
  @media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #161616; --link: #8cf; } }
  body { margin: 1rem; font: 1rem/1.5 sans-serif; color: var(--ink); background: var(--paper); }
  a { color: var(--link); display: inline-block; min-height: 1.5rem; }
  .skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
  @media print { nav, .skip { display: none; } }
`;

/** A site that passes everything, as path → content. */
function goodSite() {
  const page = (type, title, up, links) => `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${up}assets/style.css">
</head>
<body data-page="${type}">
<header><a class="skip" href="#main">Skip to the text</a>
<nav aria-label="Site"><ul>${links.map(([to, name]) => `<li><a href="${to}">${name}</a></li>`).join("")}</ul></nav></header>
<main id="main"><h1>${title}</h1><p id="p-1">A sentence, <a href="#p-1">linked</a>.</p></main>
</body>
</html>
`;
  return {
    "index.html": page("home", "Home", "", [["meetings/one.html", "Meeting"], ["papers/one.html#p-1", "Paper"]]),
    "meetings/one.html": page("meeting", "Meeting of 12 July", "../", [["../index.html", "Home"], ["../papers/one.html", "Paper"]]),
    "papers/one.html": page("paper", "Plan", "../", [["../index.html", "Home"], ["https://example.org/", "Elsewhere"]]),
    "assets/style.css": STYLE,
  };
}

const replace = (file, from, to) => (site) => {
  if (!site[file].includes(from)) throw new Error(`the good site's ${file} has no ${from}`);
  site[file] = site[file].replace(from, to);
};
const add = (file, content) => (site) => void (site[file] = content);
const inMain = (html) => replace("papers/one.html", "</main>", `${html}</main>`);
const all = (...changes) => (site) => changes.forEach((change) => change(site));
const style = (css) => (site) => void (site["assets/style.css"] += css);
const sitemap = (...addresses) => add("sitemap.xml", `<urlset>${addresses.map((a) => `<url><loc>https://example.net/${a}</loc></url>`).join("")}</urlset>`);

// What is done to the good site, the check that must object, and what it must say (parts of messages).
const FAULTS = [
  ["links", "no such file: nowhere.html", inMain('<a href="nowhere.html">x</a>')],
  ["links", 'no id "p-9"', inMain('<a href="../index.html#p-9">x</a>')],
  ["links", "leads to a folder", inMain('<a href="../meetings">x</a>')],
  ["links", "relative, this is not", inMain('<a href="/index.html">x</a>')],
  ["links", "leads out of the site", inMain('<a href="../../index.html">x</a>')],
  ["links", "no such file: big.png", inMain('<img alt="x" src="../assets/style.css" srcset="../assets/style.css 1x, big.png 2x">')],
  ["links", "no such file: font.woff2", style("@font-face { font-family: x; src: url('font.woff2'); }")],
  ["links", "from outside", style('@import "https://example.org/x.css";')],
  ["links", "from outside", inMain('<script src="https://example.org/x.js"></script>')],
  ["links", 'the id "p-1" is used twice', inMain('<p id="p-1">x</p>')],
  ["links", "has 2 h1", inMain("<h1>x</h1>")],
  ["links", "has no lang", replace("index.html", ' lang="en-GB"', "")],
  ["links", "is also the title of", replace("papers/one.html", "<title>Plan", "<title>Home")],
  ["links", "not a skip link", replace("index.html", 'href="#main"', 'href="#p-1x"')],
  ["links", "main landmarks", (site) => void (site["index.html"] = site["index.html"].replaceAll("main>", "div>").replace("<main ", "<div "))],
  ["links", "no links lead here", (site) => void (site["lost.html"] = site["index.html"].replace("<title>Home", "<title>Lost"))],
  ["links", "no such file: gone.svg", add("assets/chart.svg", '<svg xmlns="http://www.w3.org/2000/svg"><a href="gone.svg"><text>x</text></a></svg>')],
  ["links", "papers/one.html: is not listed", sitemap("", "meetings/one.html")],
  ["links", "gone.html: no such file", sitemap("", "meetings/one.html", "papers/one.html", "gone.html")],
  ["html", "(no-dup-attr)", inMain('<p class="x" class="y">x</p>')],
  ["html", "(element-permitted-content)", inMain("<p><span><div>x</div></span></p>")],
  ["html", "(wcag/h63)", inMain("<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>b</th><td>1</td></tr></tbody></table>")],
  // A browser takes seconds to start, so its checks meet many faults at once and must name every one.
  ["axe", ["color-contrast", "px, dark", "image-alt", "sticks out of the page", "outside the site", "console: oh", "moves while", "has no data-page"], all(
    style("p { color: #aaa; background: #fff; } @media (prefers-color-scheme: dark) { h1 { color: #333; } }"),
    inMain('<img src="../assets/dot.svg"><img alt="x" src="http://127.0.0.1:9/x.png">'),
    add("assets/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    inMain('<p class="wide">x</p><style>.wide { width: 350px; }</style>'),
    inMain('<script>console.error("oh")</script>'),
    inMain('<script>requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector("h1").before(Object.assign(document.createElement("div"), { style: "height: 300px" }))))</script>'),
    replace("meetings/one.html", ' data-page="meeting"', ""),
  )],
  ["axe", ['class="wide">: sticks out of the page (it scrolls 0 px'], inMain('<p class="wide">x</p><style>.wide { width: 400px; } main { overflow: hidden; }</style>')],
  ["keyboard", ["not a link to main", "cannot be seen", "no outline", "stands after it on the page", "covered by", "is navigation", "is cut off"], all(
    replace("index.html", '<a class="skip"', '<a href="papers/one.html">x</a><a class="skip"'),
    style(".skip:focus { position: absolute; } a:focus { outline: 0; } main::before { content: ''; position: fixed; inset: 0; }"),
    replace("meetings/one.html", "</main>", '<a href="#p-1" tabindex="0">x</a><a href="#p-1" tabindex="1">y</a></main>'),
    style("@media print { nav { display: block; } }"),
    inMain('<div class="box"><p class="wide">x</p></div><style>.box { overflow: auto; } .wide { width: 2000px; }</style>'),
  )],
  ["private-words", WORD, inMain(`<!-- ${WORD.toLowerCase()} -->`)],
  ["private-words", WORD, inMain("<p>ZANZI<b>BAR</b>&shy;MARKER</p>")],
  ["private-words", "(its name)", add(`assets/${WORD}.txt`, "x")],
  ["private-words", "x.gz unpacked", add("assets/x.gz", zlib.gzipSync(`a ${WORD}`))],
  ["private-words", "x.zip!a.txt", add("assets/x.zip", zip("a.txt", `a ${WORD}`))],
  ["private-words", "x.pdf (stream", add("assets/x.pdf", Buffer.concat([Buffer.from("%PDF-1.7\nstream\n"), zlib.deflateSync(WORD), Buffer.from("\nendstream")]))],
  ["private-words --present", "stands nowhere", () => {}],
];

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "quorate-self-test-"));
const report = new Report("self-test");
try {
  const cases = ["links", "html", "axe", "keyboard", "private-words"].map((check) => ({ check, name: `${check} on a good site`, code: 0, says: [], change: () => {} }));
  for (const [check, says, change] of FAULTS) cases.push({ check, name: `${check}: ${says}`, code: 1, says: [says].flat(), change });
  cases.push({ check: "axe", name: "axe on an empty folder", code: 2, says: ["no HTML page"], change: (site) => Object.keys(site).forEach((file) => delete site[file]) });

  await inParallel([...cases.entries()], async ([number, { check, name, code, says, change }]) => {
    const site = goodSite();
    change(site);
    const folder = path.join(temporary, String(number));
    fs.mkdirSync(folder);
    for (const [file, content] of Object.entries(site)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), content);
    }
    const result = await run(check, folder);
    const said = () => `it ended with ${result.code} and said:\n${result.output.replace(/^/gm, "    ")}`;
    report.check(result.code === code, name, "", `should end with ${code}; ${said()}`);
    for (const say of says) report.check(result.output.includes(say), name, "", `does not say "${say}"; ${said()}`);
  });
} finally {
  fs.rmSync(temporary, { recursive: true });
}
report.finish();

function run(check, folder) {
  const [script, ...flags] = check.split(" ");
  const args = [path.join(import.meta.dirname, `${script}.mjs`), folder, ...(script === "private-words" ? [WORD, ...flags] : [])];
  // Its count is not CI's: most of these are meant to fail.
  const child = spawn(process.execPath, args, { env: { ...process.env, QUORATE_COUNTS: "" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

/** A zip of one compressed file: no more than a reader of zips needs. */
function zip(name, text) {
  const packed = zlib.deflateRawSync(text);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(text.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, Buffer.from(name), packed]);
  const entry = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), shared, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
