// node links.mjs DIR
//
// Every link of a built site leads somewhere, and nothing is fetched from outside. The site has to work in a
// sub-folder, behind any host name and straight from disk, so links inside it are relative and name a file, not a folder.

import fs from "node:fs";
import path from "node:path";
import { parseFragment } from "parse5";
import { Report, attribute, elements, filesIn, pagesIn, shorten, show, siteFolder, textOf } from "./lib.mjs";

const root = siteFolder(process.argv[2], "links.mjs DIR");
const report = new Report("links");
const files = new Set(filesIn(root));
const pages = pagesIn(root);
const read = (file) => fs.readFileSync(path.join(root, file), "utf8");

// Ids by file, for fragments; and who links to whom, for pages nobody can reach.
const ids = new Map();
const linked = new Map(pages.map((page) => [page.file, new Set()]));

const documents = [...pages];
for (const file of files)
  if (file.endsWith(".svg")) documents.push({ file, elements: [...elements(parseFragment(read(file), { sourceCodeLocationInfo: true }))] });

for (const { file, elements: all } of documents) {
  const seen = new Set();
  for (const element of all) {
    const id = attribute(element, "id");
    if (id === undefined) continue;
    report.check(!seen.has(id), file, show(element), `the id "${id}" is used twice`);
    seen.add(id);
  }
  ids.set(file, seen);
}

const base = siteAddress();
for (const page of pages) checkOutline(page);
checkTitles();
for (const document of documents) checkDocument(document);
for (const file of files) if (file.endsWith(".css")) checkCss(file, "", read(file));
checkSitemap();
checkReachable();
checkTables();
report.finish(`${pages.length} pages, ${files.size} files`);

/** What every page needs, whatever its type. */
function checkOutline({ file, elements: all }) {
  const of = (tag) => all.filter((e) => e.tagName === tag);
  const headings = of("h1");
  report.check(headings.length === 1, file, headings[1] && show(headings[1]), `has ${headings.length} h1, needs exactly one`);
  report.check(attribute(of("html")[0], "lang"), file, "<html>", "has no lang");
  const mains = all.filter((e) => e.tagName === "main" || attribute(e, "role") === "main");
  report.check(mains.length === 1, file, "", `has ${mains.length} main landmarks, needs exactly one`);

  const first = of("a").find((e) => attribute(e, "href") !== undefined);
  const target = first && attribute(first, "href").startsWith("#") && attribute(first, "href").slice(1);
  const inMain = mains.some((m) => [m, ...elements(m)].some((e) => target && attribute(e, "id") === target));
  report.check(inMain, file, first && show(first), "the first link of the page is not a skip link into main");
  report.check(of("base").length === 0, file, "<base>", "changes what every relative link means");
}

function checkTitles() {
  const titles = new Map();
  for (const { file, elements: all } of pages) {
    // An SVG has titles too; the page's own is the one in the head.
    const element = all.find((e) => e.tagName === "title" && e.parentNode.tagName === "head");
    const title = element ? textOf(element) : "";
    if (!report.check(title, file, "<title>", "is missing or empty")) continue;
    report.check(!titles.has(title), file, "<title>", `"${shorten(title, 80)}" is also the title of ${titles.get(title)}`);
    titles.set(title, file);
  }
}

/** Every attribute that holds an address. */
function checkDocument({ file, elements: all }) {
  for (const element of all) {
    const where = show(element);
    const tag = element.tagName;
    for (const name of ["href", "xlink:href", "src", "action", "formaction", "poster", "cite", "background"]) {
      const value = attribute(element, name);
      if (value !== undefined) checkAddress(file, where, value, useOf(element, name));
    }
    if (tag === "object") checkAddress(file, where, attribute(element, "data") ?? "", "fetch");
    for (const name of ["srcset", "imagesrcset"])
      for (const candidate of (attribute(element, name) ?? "").split(/,\s+|,$/).filter(Boolean))
        checkAddress(file, where, candidate.trim().split(/\s+/)[0], "fetch");
    if (tag === "meta" && /^refresh$/i.test(attribute(element, "http-equiv") ?? "")) {
      const to = /url\s*=\s*['"]?([^'"]+)/i.exec(attribute(element, "content") ?? "");
      if (to) checkAddress(file, where, to[1], "fetch");
    }
    if (tag === "style") checkCss(file, where, textOf(element));
    // HTML paints with url(…) in style, SVG in plain attributes too.
    for (const name of ["style", "fill", "stroke", "filter", "mask", "clip-path", "marker-start", "marker-mid", "marker-end"])
      checkCss(file, where, attribute(element, name) ?? "");
  }
}

/** Whether an address is followed by a reader, fetched by the browser, or only a statement about the page. */
function useOf(element, name) {
  if (["a", "area", "form", "button"].includes(element.tagName)) return "follow";
  if (name === "cite") return "statement";
  if (element.tagName === "link" && /^(canonical|license|author)$/.test(attribute(element, "rel") ?? "")) return "statement";
  return "fetch";
}

function checkCss(file, where, css) {
  const addresses = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')]*?))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g;
  for (const [, ...groups] of css.replace(/\/\*.*?\*\//gs, "").matchAll(addresses))
    checkAddress(file, where, groups.find((g) => g !== undefined), "fetch");
}

function checkAddress(file, where, value, use) {
  const address = value.trim();
  const wrong = (what) => report.check(false, file, where, what);
  if (/^data:/i.test(address)) return report.check(true);
  if (/^(mailto|tel):/i.test(address)) return report.check(use !== "fetch", file, where, `cannot fetch ${address}`);
  if (/^(https?:)?\/\//i.test(address)) {
    if (use === "fetch") return wrong(`fetches ${shorten(address)} from outside`);
    if (!base || !address.startsWith(base)) return report.check(URL.canParse(address), file, where, `not an address: ${address}`);
    if (use === "follow") return wrong(`links inside the site are relative, this is not: ${address}`);
    return checkTarget(file, where, insideSite(address), address, use);
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return wrong(`an address of this kind has no place in a page: ${shorten(address, 60)}`);
  // A server shows the page for missing addresses at any depth, so its links begin at the site's root; and only its.
  if (file === "404.html" && base && address.startsWith(new URL(base).pathname))
    return checkTarget(file, where, address.slice(new URL(base).pathname.length).split("#")[0], address, use);
  if (address.startsWith("/")) return wrong(`links inside the site are relative, this is not: ${address}`);
  if (address === "" || address === "#") return wrong(`"${address}" leads nowhere`);

  const [before, fragment] = address.split(/#(.*)/s).map((part) => part && decode(part));
  const target = before === "" ? file : path.posix.join(path.posix.dirname(file), before.split("?")[0]);
  return checkTarget(file, where, target, address, use, fragment);
}

function checkTarget(file, where, target, address, use, fragment) {
  if (target.startsWith("..")) return report.check(false, file, where, `leads out of the site: ${address}`);
  if (!files.has(target)) {
    const folder = fs.existsSync(path.join(root, target));
    return report.check(false, file, where, folder ? `leads to a folder, which shows nothing from disk: ${address}` : `no such file: ${address}`);
  }
  if (use === "follow") linked.get(file)?.add(target);
  // A fragment of a PDF (#page=3) is not an id.
  if (fragment && ids.has(target)) return report.check(ids.get(target).has(fragment), file, where, `${target} has no id "${fragment}": ${address}`);
  return report.check(true);
}

/** Percent escapes undone; a bad one stays as it is, and then names no file and no id. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sitemapAddresses() {
  return [...read("sitemap.xml").matchAll(/<loc>\s*(.*?)\s*<\/loc>/gs)].map((m) => m[1].replaceAll("&amp;", "&"));
}

/** Where the site says it stands: the home page is the shortest address in its sitemap. */
function siteAddress() {
  if (!files.has("sitemap.xml")) return undefined;
  const shortest = sitemapAddresses().sort((a, b) => a.length - b.length)[0];
  return shortest?.replace(/[^/]*$/, "");
}

/** The file that an absolute address inside the site stands for. */
function insideSite(address) {
  const name = decode(address.slice(base.length).split(/[?#]/)[0]);
  return name === "" || name.endsWith("/") ? `${name}index.html` : name;
}

/** The sitemap names every page a search engine may show, and nothing else. */
function checkSitemap() {
  if (!files.has("sitemap.xml")) return;
  const listed = new Set();
  for (const address of sitemapAddresses()) {
    const target = address.startsWith(base) ? insideSite(address) : undefined;
    report.check(/^https?:\/\//.test(address), "sitemap.xml", address, "is not an absolute address, which the protocol asks for");
    report.check(target && files.has(target), "sitemap.xml", address, "no such file");
    report.check(!listed.has(target), "sitemap.xml", address, "is listed twice");
    listed.add(target);
  }
  for (const { file, elements: all } of pages) {
    const robots = all.find((e) => e.tagName === "meta" && attribute(e, "name") === "robots");
    const hidden = file === "404.html" || /noindex/.test((robots && attribute(robots, "content")) ?? "");
    report.check(listed.has(file) !== hidden, "sitemap.xml", file, hidden ? "is listed but says noindex" : "is not listed");
  }
}

/** A page that no chain of links from the home page reaches may as well not exist. */
function checkReachable() {
  const reached = new Set(["index.html"]);
  for (const file of reached) for (const next of linked.get(file) ?? []) reached.add(next);
  for (const { file } of pages) report.check(reached.has(file) || file === "404.html", file, "", "no links lead here from index.html");
}

/** Every file of a table is linked from a page, and a description names the file that it describes. */
function checkTables() {
  const followed = new Set([...linked.values()].flatMap((targets) => [...targets]));
  for (const file of files) {
    if (!/-tables\/[^/]+\.(csv|csv-metadata\.json|xlsx)$/.test(file)) continue;
    report.check(followed.has(file), file, "", "no page links this file of a table");
    if (!file.endsWith(".json")) continue;
    const described = path.posix.join(path.posix.dirname(file), JSON.parse(read(file)).url ?? "");
    report.check(files.has(described), file, "url", `describes a file that is not there: ${described}`);
  }
}
