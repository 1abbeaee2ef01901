// node axe.mjs DIR [--sample N] [--doubts]
//
// Opens pages of every type (<body data-page="…">) in Chromium, straight from disk, and looks at what a person would
// meet: accessibility by axe-core in light and dark on a phone and a desk, no sideways scrolling, nothing asked of the
// network, no error in the console, nothing that jumps while loading.
//
// --sample N: at most N pages of each type (three if left out). --doubts: also list what axe-core could not decide.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { Report, browser, cannotRun, inParallel, pagesByType, pagesIn, shorten, siteFolder } from "./lib.mjs";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// A browser may paint while it still reads, and then the links at the right of the header draw up as more of them come:
// a hair's breadth, and only on a busy machine. Core Web Vitals call ten times as much good.
const MOST_MOVED = 0.01;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string", default: "3" }, doubts: { type: "boolean", default: false } },
});
const root = siteFolder(positionals[0], "axe.mjs DIR [--sample N] [--doubts]");
const sample = Number(options.sample);
if (!(sample >= 1)) cannotRun("--sample needs a number from 1");
const site = pathToFileURL(root).href;
const report = new Report("axe");
const types = pagesByType(pagesIn(root));

for (const page of types.get("") ?? []) report.check(false, page.file, "<body>", "has no data-page, so its type is unknown");
types.delete("");
const chosen = [...types.values()].flatMap(choose).sort((a, b) => b.text.length - a.text.length);

const chromium = await browser();
await inParallel(chosen, async ({ file }) => {
  for (const width of [360, 1280]) await inspect(file, width);
});
await chromium.close();
report.finish(`${chosen.length} pages of ${types.size} types: ${[...types.keys()].sort().join(", ")}`);

/** The first, the longest and the one in the middle: the plain case, the hard case and an ordinary one. */
function choose(pages) {
  const longest = pages.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  return [...new Set([longest, pages[0], pages[Math.floor(pages.length / 2)]])].slice(0, sample);
}

/** What moved while a page was loaded, and how much in all. */
async function movement(page) {
  const shifts = await page.evaluate(settledShifts);
  return [shifts, shifts.reduce((sum, shift) => sum + shift.value, 0)];
}

async function inspect(file, width) {
  const context = await chromium.newContext({ viewport: { width, height: 800 }, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  const wrong = (where, what) => report.check(false, `${file} at ${width} px`, where, what);
  // A server shows the page for missing addresses at any depth, so its links begin at the site's root: give it that root.
  if (file === "404.html")
    await page.route(
      (url) => url.protocol === "file:" && !url.href.startsWith(site),
      (route) => route.fulfill({ path: path.join(root, decodeURIComponent(new URL(route.request().url()).pathname)) }),
    );
  page.on("request", (r) => file === "404.html" || r.url().startsWith(site) || wrong("", `asks for ${shorten(r.url())}, which is outside the site`));
  page.on("requestfailed", (r) => wrong("", `could not load ${shorten(r.url())}`));
  page.on("console", (m) => m.type() === "error" && wrong("console", shorten(m.text())));
  page.on("pageerror", (e) => wrong("script", shorten(e.message)));
  await page.addInitScript(recordShifts);
  await page.goto(`${site}/${file.split("/").map(encodeURIComponent).join("/")}`);

  let [shifts, moved] = await movement(page);
  // A busy machine may paint a page before it has come to its end. What moves by itself moves each time.
  for (let again = 0; moved > MOST_MOVED && again < 2; again++) {
    await page.reload();
    [shifts, moved] = await movement(page);
  }
  report.check(moved <= MOST_MOVED, `${file} at ${width} px`, shifts.flatMap((shift) => shift.sources).join(", "), `moves while the page loads (${moved.toFixed(3)})`);
  await checkWidth(page, file, width);

  await page.addScriptTag({ path: AXE });
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await checkAccessibility(page, `${file} at ${width} px, ${scheme}`);
  }
  // 320 px is also what is left of 1280 px when a reader zooms to 400 % (WCAG 2.1, 1.4.10).
  if (width === 360) {
    await page.setViewportSize({ width: 320, height: 256 });
    await checkWidth(page, file, 320);
  }
  await context.close();
}

async function checkAccessibility(page, where) {
  const { violations, incomplete, rules } = await page.evaluate(async (standards) => {
    // Only the plain facts cross over: axe's own results hold every node it looked at.
    const facts = (results) =>
      results.map((r) => ({ id: r.id, help: r.help, nodes: r.nodes.map((n) => ({ target: n.target.join(" "), why: n.failureSummary ?? "" })) }));
    // Without preload, or axe asks for the style sheets again, which a page from disk may not.
    const found = await axe.run(document, { runOnly: standards, resultTypes: ["violations", "incomplete"], preload: false });
    return { violations: facts(found.violations), incomplete: facts(found.incomplete), rules: found.passes.length };
  }, STANDARDS);
  report.check(rules > 0, where, "axe", "ran no rule");
  report.checked += rules;
  const sentence = (why) => shorten(why.replace(/^Fix (any|all) of the following:/, ""), 240);
  for (const { id, help, nodes } of violations)
    for (const { target, why } of nodes) report.check(false, where, target, `${help} (${id}): ${sentence(why)}`);
  if (options.doubts)
    for (const { id, nodes } of incomplete)
      for (const { target, why } of nodes) console.log(`  doubt: ${where}: ${target}: ${id}: ${sentence(why)}`);
}

/** Nothing sticks out to the right, whether that makes the page scroll or is cut off by a box that hides it. */
async function checkWidth(page, file, width) {
  const { scrolls, out } = await page.evaluate(() => {
    const wide = document.scrollingElement;
    // A wide table may scroll in its own box; and what only a screen reader meets sits in a tiny clipped one.
    const mayScroll = (e) => {
      for (let box = e.parentElement; box && box !== document.body; box = box.parentElement) {
        const { overflowX } = getComputedStyle(box);
        if (overflowX === "auto" || overflowX === "scroll" || (overflowX !== "visible" && box.clientWidth <= 2)) return true;
      }
      return getComputedStyle(e).clipPath !== "none";
    };
    const out = [...document.body.querySelectorAll("*:not(svg *)")]
      .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1 && !mayScroll(e))
      .map((e) => `<${e.localName}${e.id ? ` id="${e.id}"` : ""}${e.className ? ` class="${e.className}"` : ""}>`);
    return { scrolls: wide.scrollWidth - innerWidth, out: [...new Set(out)].slice(0, 3) };
  });
  report.check(scrolls <= 0 && out.length === 0, `${file} at ${width} px`, out.join(", "), `sticks out of the page (it scrolls ${Math.max(0, scrolls)} px sideways)`);
}

// The next two run in the page.
function recordShifts() {
  window.quorateShifts = [];
  new PerformanceObserver((list) => window.quorateShifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
}

async function settledShifts() {
  await document.fonts.ready;
  await new Promise((done) => setTimeout(done, 150));
  return window.quorateShifts.map(({ value, sources }) => ({
    value,
    sources: sources.map(({ node }) => `<${node?.localName ?? node?.nodeName ?? "?"}>`),
  }));
}
