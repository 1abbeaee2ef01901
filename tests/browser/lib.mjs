// What the checks share: walking a built site, reading its pages, and reporting what is wrong with them.

import fs from "node:fs";
import path from "node:path";
import os from "node:os";
import { parse } from "parse5";
import { chromium } from "playwright-core";

/** Ends with code 2, "could not run": a check that looked at nothing must not look like one that passed. */
export function cannotRun(why) {
  console.error(why);
  process.exit(2);
}

/** The folder named on the command line, as an absolute path. */
export function siteFolder(argument, usage) {
  if (!argument) cannotRun(`usage: node ${usage}`);
  const root = path.resolve(argument);
  if (!fs.existsSync(root) || !fs.statSync(root).isDirectory()) cannotRun(`${argument} is not a folder`);
  return root;
}

/** Every file below `root`, as sorted relative paths with forward slashes. */
export function filesIn(root) {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort();
}

/** Every HTML page below `root`: where it is, its text, and its tree as a browser would build it. */
export function pagesIn(root) {
  const pages = filesIn(root)
    .filter((file) => /\.html?$/.test(file))
    .map((file) => {
      const text = fs.readFileSync(path.join(root, file), "utf8");
      return { file, text, elements: [...elements(parse(text, { sourceCodeLocationInfo: true }))] };
    });
  if (pages.length === 0) cannotRun(`${root} holds no HTML page`);
  return pages;
}

/** All elements of a parse5 tree in document order, the contents of <template> left out (they are not on the page). */
export function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child;
    yield* elements(child);
  }
}

/** An attribute's value, or undefined. SVG's `xlink:href` is found under that name. */
export function attribute(element, name) {
  return element.attrs.find((a) => (a.prefix ? `${a.prefix}:${a.name}` : a.name) === name)?.value;
}

/** The text inside an element, with runs of white space made one space. */
export function textOf(element) {
  const gather = (node) => node.value ?? (node.childNodes ?? []).map(gather).join("");
  return gather(element).replace(/\s+/g, " ").trim();
}

/** An element as a reader of a message would find it: line and opening tag. */
export function show(element) {
  const attrs = element.attrs.slice(0, 3).map((a) => ` ${a.name}="${shorten(a.value, 60)}"`);
  const line = element.sourceCodeLocation?.startLine;
  return `${line ? `line ${line} ` : ""}<${element.tagName}${attrs.join("")}>`;
}

export function shorten(text, length = 160) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** The pages by their type, which the theme states as <body data-page="…">. */
export function pagesByType(pages) {
  const types = new Map();
  for (const page of pages) {
    const body = page.elements.find((e) => e.tagName === "body");
    const type = (body && attribute(body, "data-page")) || "";
    types.set(type, [...(types.get(type) ?? []), page]);
  }
  return types;
}

/** Counts what was checked and collects what is wrong, so that one run tells everything. */
export class Report {
  constructor(name) {
    this.name = name;
    this.checked = 0;
    this.wrong = [];
    this.started = performance.now();
  }

  /** One check: true if it holds; otherwise page, element and what is wrong are kept for the end. */
  check(holds, page, element, what) {
    this.checked += 1;
    if (!holds) this.wrong.push(`${page}: ${element ? `${element}: ` : ""}${what}`);
    return Boolean(holds);
  }

  /** Prints the findings and the count, and sets the exit code. QUORATE_COUNTS names a file that .ci/run adds up. */
  finish(note = "") {
    const limit = 200;
    for (const line of this.wrong.slice(0, limit)) console.log(`  ${line}`);
    if (this.wrong.length > limit) console.log(`  … and ${this.wrong.length - limit} more`);
    if (this.checked === 0) cannotRun(`${this.name}: nothing was checked`);
    const seconds = ((performance.now() - this.started) / 1000).toFixed(1);
    console.log(`${this.name}: ${this.checked} checked, ${this.wrong.length} wrong, ${seconds} s${note && `; ${note}`}`);
    if (process.env.QUORATE_COUNTS)
      fs.appendFileSync(process.env.QUORATE_COUNTS, `${this.name} ${this.checked} ${this.wrong.length}\n`);
    process.exitCode = this.wrong.length ? 1 : 0;
  }
}

/** Debian's Chromium (or $CHROMIUM), told not to talk to anybody. */
export function browser() {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  if (!fs.existsSync(executablePath)) cannotRun(`no Chromium at ${executablePath}: install it, or set CHROMIUM`);
  return chromium.launch({
    executablePath,
    args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });
}

/** Runs `work` over `items`, a few at a time: as many as there are cores, four at most. */
export async function inParallel(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(4, os.availableParallelism()) }, worker));
}
