// node keyboard.mjs DIR
//
// Walks the home page, the longest paper and the longest meeting page with the Tab key, as a reader without a mouse
// does: the skip link comes first and works, focus can always be seen, follows the order of the page and is never
// trapped. And looks at the paper as it prints: the text, without navigation, nothing cut off.

import { pathToFileURL } from "node:url";
import { Report, browser, cannotRun, inParallel, pagesByType, pagesIn, siteFolder } from "./lib.mjs";

const WALKED = ["home", "paper", "meeting"];
const STOPS = 250; // A long paper has a permalink for every paragraph: this many stops show whether the pattern holds.

const root = siteFolder(process.argv[2], "keyboard.mjs DIR");
const site = pathToFileURL(root).href;
const report = new Report("keyboard");
const types = pagesByType(pagesIn(root));
for (const type of WALKED) if (!types.has(type)) cannotRun(`no page of the type ${type} (<body data-page="${type}">) in ${root}`);
const longest = (type) => types.get(type).reduce((a, b) => (b.text.length > a.text.length ? b : a)).file;

const chromium = await browser();
await inParallel(WALKED.map(longest), async (file) => {
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  await page.addInitScript(helpers);
  const open = () => page.goto(`${site}/${file}`);
  await open();
  await checkSkipLink(page, file);
  await open();
  await walk(page, file);
  await page.close();
});
await checkPrint(longest("paper"));
await chromium.close();
report.finish(WALKED.map(longest).join(", "));

async function checkSkipLink(page, file) {
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const link = document.activeElement;
    const box = link.getBoundingClientRect();
    return {
      name: quorate.name(link),
      leads: link.matches('a[href^="#"]') && Boolean(quorate.main()?.closest(link.hash) ?? quorate.main()?.querySelector(link.hash)),
      seen: box.width > 20 && box.height > 10 && box.top >= 0 && box.left >= 0 && quorate.covering(link) === undefined,
    };
  });
  if (!report.check(skip.leads, file, skip.name, "has the first focus but is not a link to main")) return;
  report.check(skip.seen, file, skip.name, "cannot be seen when it has focus");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => {
    const main = quorate.main();
    const at = document.activeElement;
    // Back at the skip link is right too: nothing on the page can have focus after it.
    return { name: quorate.name(at), past: at === document.body || at.hash === "#" + main.id || Boolean(main.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) };
  });
  report.check(next.past, file, next.name, "has focus after the skip link was followed, and stands before main");
}

async function walk(page, file) {
  await page.evaluate(() => quorate.remember());
  let stops = 0;
  for (; stops < STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => quorate.stop());
    if (!stop) break;
    report.check(stop.ordered, file, stop.name, `has focus after ${stop.previous}, which stands after it on the page`);
    report.check(stop.marked, file, stop.name, "shows no outline or ring when it has focus");
    report.check(stop.covering === undefined, file, stop.name, `has focus but is ${stop.covering}`);
    if (stop.same && !report.check(false, file, stop.name, "keeps the focus: Tab does not leave it")) break;
  }
  const left = await page.evaluate(() => quorate.unvisited());
  report.check(stops > 2, file, "", `has only ${stops} places that can have focus`);
  report.check(stops === STOPS || left.length === 0, file, left.join(", "), "cannot be reached with the Tab key");
}

async function checkPrint(file) {
  // A4 less its margins, at 96 px to the inch.
  const page = await chromium.newPage({ viewport: { width: 680, height: 960 } });
  await page.goto(`${site}/${file}`);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  const { shown, heading, cut } = await page.evaluate(() => {
    const visible = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && e.getBoundingClientRect().height > 1;
    const name = (e) => `<${e.localName}${e.id ? ` id="${e.id}"` : ""}${e.className ? ` class="${e.className}"` : ""}>`;
    return {
      // A list of contents may be printed if it asks for it with data-print="keep".
      shown: [...document.querySelectorAll('nav, [role="navigation"], search, [role="search"], button')]
        .filter((e) => visible(e) && !e.closest('[data-print="keep"]'))
        .map(name),
      heading: visible(document.querySelector("main h1") ?? document.body),
      cut: [...document.querySelectorAll("main *")]
        .filter((e) => getComputedStyle(e).overflowX !== "visible" && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
        .map(name),
    };
  });
  report.check(shown.length === 0, `${file} in print`, [...new Set(shown)].join(", "), "is navigation, of no use on paper");
  report.check(heading, `${file} in print`, "h1", "is not printed");
  report.check(cut.length === 0, `${file} in print`, [...new Set(cut)].join(", "), "is cut off: what scrolls on a screen cannot scroll on paper");
  await page.close();
}

/** Put into each page as `quorate`. */
function helpers() {
  let known = new Map(); // what can have focus, with its look before it has it
  let previous;
  const look = (e) => {
    const s = getComputedStyle(e);
    return { shadow: s.boxShadow, outlined: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 && !/, 0\)$|transparent/.test(s.outlineColor) };
  };
  const name = (e) => `<${e.localName}${e.id ? ` id="${e.id}"` : ""}> "${(e.getAttribute("aria-label") ?? e.textContent).replace(/\s+/g, " ").trim().slice(0, 40)}"`;
  window.quorate = {
    name,
    main: () => document.querySelector("main, [role=main]"),
    remember() {
      const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
      const can = (e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ checkVisibilityCSS: true }) && e.type !== "radio";
      known = new Map([...document.querySelectorAll(focusable)].filter(can).map((e) => [e, look(e)]));
    },
    /** What hides a focused element, if anything does: the edge of the window, or something on top. */
    covering(e) {
      const box = [...e.getClientRects()].find((r) => r.width > 0 && r.height > 0);
      if (!box) return "without any size";
      // A box taller than the window only has to show in part.
      const x = Math.min(Math.max(box.left, 0) + Math.min(box.width, innerWidth) / 2, innerWidth - 1);
      const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
      const top = document.elementFromPoint(x, y);
      if (!top) return "outside the window";
      return e.contains(top) || top.contains(e) ? undefined : `covered by ${name(top)}`;
    },
    /** Where the last Tab led; nothing when the walk is over. */
    stop() {
      const at = document.activeElement;
      if (!at || at === document.body || (known.get(at)?.visited && at !== previous)) return undefined;
      const before = previous;
      previous = at;
      const [was, is] = [known.get(at), look(at)];
      known.set(at, { ...was, visited: true });
      return {
        name: name(at),
        previous: before && name(before),
        same: at === before,
        ordered: !before || at === before || Boolean(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
        marked: is.outlined || (is.shadow !== "none" && is.shadow !== was?.shadow),
        covering: quorate.covering(at),
      };
    },
    unvisited: () => [...known].filter(([, state]) => !state.visited).map(([e]) => name(e)).slice(0, 3),
  };
}
