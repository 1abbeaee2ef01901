// node preview.mjs PROGRAM [ONLY]
//
// Drives a real `quorate serve` with a real browser, as an officer would: a file is saved and the page changes in place; it
// is broken and the bar says what is wrong; it is put right and the bar forgets it. Besides, all that the bar shows is
// looked at as axe.mjs and keyboard.mjs look at a site. PROGRAM is the path of quorate; ONLY runs the checks whose name holds it.

import fs from "node:fs";
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { Report, browser, cannotRun, shorten } from "./lib.mjs";
import { MARKER, MEETING, Papers, Server } from "./preview-papers.mjs";

const [program, only = ""] = process.argv.slice(2);
if (!program || !fs.existsSync(program)) cannotRun("usage: node preview.mjs PROGRAM [ONLY]");

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PATIENCE = 20_000; // Long beyond what a change takes, for a busy machine.
const PLAN = `${MEETING}/02-plan`;
const BENCHES = `${MEETING}/03-benches`;
const LAND = `${MEETING}/04-land`;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

const report = new Report("preview");
const papers = new Papers();
const chromium = await browser();
let server;
try {
  server = await Server.start(program, papers);
  for (const [name, check] of Object.entries(checks())) {
    if (!name.includes(only)) continue;
    const started = performance.now();
    // What ends a check early is one thing wrong; the others are made all the same.
    await check((holds, what) => report.check(holds, name, "", what)).catch((error) => report.check(false, name, "", shorten(error.message, 400)));
    for (const context of chromium.contexts()) await context.close();
    papers.reset();
    if (process.env.QUORATE_TIMES) console.log(`  ${name}: ${Math.round(performance.now() - started)} ms`);
  }
} catch (error) {
  report.check(false, "serve", "", shorten(error.message, 400));
} finally {
  await chromium.close();
  await server?.stop();
  papers.remove();
}
report.finish();

function address(page, view = "public") {
  return `${server.address}${view}/${page}.html`;
}

/** A tab that notes what goes wrong in it, with a mark that no navigation survives. */
async function open(page, { view = "public", ...options } = {}) {
  const context = await chromium.newContext({ viewport: DESK, reducedMotion: "reduce", ...options });
  const tab = await context.newPage();
  tab.wrong = [];
  tab.on("pageerror", (error) => tab.wrong.push(error.message));
  tab.on("console", (message) => message.type() === "error" && !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_EMPTY/.test(message.text()) && tab.wrong.push(message.text()));
  await tab.goto(address(page, view));
  await settled(tab);
  if (options.javaScriptEnabled !== false) await tab.evaluate(() => (window.unmoved = true));
  return tab;
}

/** Waits until the rules have looked at the papers as they are. */
function settled(tab) {
  return tab.locator('.bar[data-checking="false"]').waitFor({ timeout: PATIENCE });
}

function bar(tab) {
  return tab.locator("quorate-bar .bar");
}

function findings(tab) {
  return tab.locator("quorate-bar .findings");
}

function list(tab) {
  return tab.locator("quorate-bar .findings .panel");
}

async function words(locator) {
  return (await locator.innerText()).replace(/\s+/g, " ").trim();
}

function unmoved(tab) {
  return tab.evaluate(() => window.unmoved === true);
}

function sees(tab, text) {
  return tab.locator("main", { hasText: text }).waitFor({ timeout: PATIENCE });
}

function hasNot(tab, text) {
  return tab.locator("main", { hasNotText: text }).waitFor({ timeout: PATIENCE });
}

async function eventually(holds) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() > end) return false;
    await new Promise((done) => setTimeout(done, 50));
  }
}

function checks() {
  return {
    async "an edit changes the page in place"(check) {
      for (const viewport of [DESK, PHONE]) {
        const tab = await open(PLAN, { viewport });
        const details = tab.locator("main details").first();
        if (await details.count()) await details.evaluate((element) => (element.open = true));
        const before = "Paragraph 30 says";
        await tab.getByText(before).scrollIntoViewIfNeeded();
        await tab.locator("main a").last().focus();
        await tab.evaluate(() => {
          window.paragraph = [...document.querySelectorAll("main p")].find((p) => p.textContent.includes("Paragraph 30"));
          window.focused = document.activeElement;
        });
        const top = await tab.evaluate(() => [scrollY, window.paragraph.getBoundingClientRect().top]);
        const edition = `${viewport.width}`;
        papers.edit(`${PLAN}.md`, "The plan costs nothing", `The plan costs £${edition}.50`);
        await sees(tab, `The plan costs £${edition}.50`);
        const after = await tab.evaluate(() => [scrollY, window.paragraph.getBoundingClientRect().top, window.paragraph.isConnected, document.activeElement === window.focused && document.activeElement !== document.body]);
        check(await unmoved(tab), `${edition} px: the page was loaded anew`);
        check(top[0] > 200 && Math.abs(top[1] - after[1]) < 2, `${edition} px: what was read moved from ${top} to ${after}`);
        check(after[2], `${edition} px: a paragraph that did not change is another node`);
        check(after[3], `${edition} px: the focus is lost`);
        if (await details.count()) check(await details.evaluate((element) => element.open), `${edition} px: what was open has closed`);
        else check(viewport === DESK, "no disclosure to look at");
        check((await tab.locator("quorate-bar .news").textContent()) === "Page updated" || (await eventually(async () => (await tab.locator("quorate-bar .news").textContent()) === "Page updated")), `${edition} px: a screen reader is not told`);
        // A paragraph that comes between others moves none of them away.
        papers.edit(`${PLAN}.md`, "## People\n", "## People\n\nA new paragraph begins here.\n");
        await sees(tab, "A new paragraph begins here");
        check(await tab.evaluate(() => window.paragraph.isConnected && window.unmoved === true), `${edition} px: after an insertion a paragraph is another node`);
        check(await tab.evaluate(() => document.body.lastElementChild.localName === "quorate-bar"), `${edition} px: the bar does not end the page`);
        papers.edit(`${PLAN}.md`, "## People\n\nA new paragraph begins here.\n", "## People\n");
        papers.edit(`${PLAN}.md`, `The plan costs £${edition}.50`, "The plan costs nothing");
        await sees(tab, "The plan costs nothing");
        await hasNot(tab, "A new paragraph begins here");
        // What came of all that is the page as the server sends it.
        const [shown, sent] = await tab.evaluate(async () => {
          const fresh = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
          const plain = (page) => [...page.body.children].filter((element) => !element.localName.startsWith("quorate-")).map((element) => element.outerHTML.replaceAll(' open=""', "")).join("");
          return [plain(document), plain(fresh)];
        });
        check(shown === sent, `${edition} px: the page is not what a fresh one would be`);
        check(tab.wrong.length === 0, `${edition} px: ${tab.wrong}`);
      }
    },

    async "an edit elsewhere leaves a page alone"(check) {
      const [tab, other] = [await open(PLAN), await open(BENCHES)];
      const asked = [];
      tab.on("request", (request) => new URL(request.url()).pathname.startsWith("/public/") && asked.push(request.url()));
      papers.edit(`${BENCHES}.md`, "nine benches", "ten benches");
      await sees(other, "ten benches");
      await tab.waitForTimeout(500);
      check(asked.length === 0, `asks for ${asked}`);
      check((await unmoved(tab)) && (await unmoved(other)), "a page was loaded anew");
      papers.edit(`${BENCHES}.md`, "ten benches", "nine benches");
      await sees(other, "nine benches");
    },

    async "two tabs both follow"(check) {
      const tabs = [await open(PLAN), await open(PLAN, { view: "members" }), await open(PLAN)];
      papers.edit(`${PLAN}.md`, "first of three", "first of four");
      for (const tab of tabs) await sees(tab, "first of four");
      for (const tab of tabs) check(await unmoved(tab), "a page was loaded anew");
      papers.edit(`${PLAN}.md`, "first of four", "first of three");
      for (const tab of tabs) await sees(tab, "first of three");
    },

    async "a broken head is said with its line, and forgotten once it is mended"(check) {
      const tab = await open(PLAN);
      papers.edit(`${PLAN}.md`, "title: Community Safety Plan", "title: [Community Safety Plan");
      const held = tab.locator("quorate-bar .held");
      await held.waitFor({ timeout: PATIENCE });
      await settled(tab);
      const said = await words(held);
      check(said.includes("02-plan.md"), `the file is not named: ${said}`);
      check(/line \d/i.test(said), `the line is not named: ${said}`);
      check((await words(tab.locator("main"))).includes("The plan is the first of three"), "the last good version is gone");
      check((await tab.title()).includes("Community Safety Plan"), "the title is gone");
      await findings(tab).locator("summary").click();
      const told = await words(list(tab));
      check(/nothing can be published until/.test(told), `what stops publication is not said: ${told}`);
      check(told.includes("title: [Community Safety Plan"), `the line is not shown: ${told}`);
      check((await list(tab).locator('a[href^="vscode://file/"]').count()) > 0, "there is no link to the editor");
      papers.edit(`${PLAN}.md`, "title: [Community Safety Plan", "title: Community Safety Plan");
      await held.waitFor({ state: "detached", timeout: PATIENCE });
      await settled(tab);
      check(await eventually(async () => !/nothing can be published/.test(await words(list(tab)))), "the list still speaks of the error");
      check(await findings(tab).evaluate((element) => element.open), "the list was closed");
      check(await unmoved(tab), "the page was loaded anew");
      check(tab.wrong.length === 0, `${tab.wrong}`);
    },

    async "a finding leads to its place"(check) {
      const tab = await open(PLAN);
      papers.edit(`${PLAN}.md`, "Paragraph 35 says", "Paragraph 35, on Monday 12 July 2023, says");
      await sees(tab, "Monday 12 July 2023");
      const leads = list(tab).locator("li", { hasText: /Monday/ }).locator("a.to-place");
      await leads.first().waitFor({ state: "attached", timeout: PATIENCE });
      await settled(tab);
      await findings(tab).locator("summary").click();
      await leads.first().click();
      await tab.waitForTimeout(200);
      const place = await tab.evaluate(() => {
        const target = document.querySelector(":target");
        if (!target) return { words: "nothing is meant" };
        const box = target.getBoundingClientRect();
        return { words: target.textContent, seen: box.top >= 0 && document.elementFromPoint(box.left + 5, box.top + 5) !== document.querySelector("quorate-bar") };
      });
      check(/Paragraph 3[45]/.test(place.words), `leads to: ${shorten(place.words)}`);
      check(place.seen, "the place is behind the bar");
      // What has the focus within the list keeps it while the bar is brought up to date.
      await list(tab).locator("a").last().focus();
      papers.edit(`${PLAN}.md`, "Paragraph 35, on Monday 12 July 2023, says", "Paragraph 35 says");
      await hasNot(tab, "Monday 12 July 2023");
      await settled(tab);
      check(await eventually(() => tab.evaluate(() => Boolean(document.querySelector("quorate-bar").shadowRoot.activeElement))), "the focus has left the bar");
    },

    async "a broken template holds the page, and lets go of it"(check) {
      const tab = await open(PLAN);
      const template = fs.readFileSync(new URL("../../themes/default/templates/paper.html", import.meta.url), "utf8");
      papers.writeTheme("templates/paper.html", template + "\n{{ no_such_thing.at_all }}");
      const held = tab.locator("quorate-bar .held");
      await held.waitFor({ timeout: PATIENCE });
      check(/no_such_thing/.test(await words(held)), `what the engine says is not told: ${await words(held)}`);
      check((await words(tab.locator("main"))).includes("The plan is the first of three"), "the last good version is gone");
      papers.writeTheme("templates/paper.html", "{% if %}");
      check(await eventually(async () => !/no_such_thing/.test(await words(held))), "the next error is not told");
      papers.removeTheme("templates/paper.html");
      await held.waitFor({ state: "detached", timeout: PATIENCE });
      check(await unmoved(tab), "the page was loaded anew");
    },

    async "a stylesheet is exchanged without loading the page"(check) {
      const tab = await open(PLAN);
      const style = fs.readFileSync(path.join(papers.folder, "themes/default/assets/quorate.css"), "utf8");
      await tab.evaluate(() => (window.bare = 0));
      await tab.evaluate(() => {
        // At no moment is the page without its stylesheet.
        const look = () => ((window.bare += getComputedStyle(document.body).display === "flex" ? 0 : 1), requestAnimationFrame(look));
        look();
      });
      papers.writeTheme("assets/quorate.css", `${style}\nh1 { color: rgb(1, 2, 3); }\n`);
      check(await eventually(() => tab.evaluate(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)")), "the new colour is not there");
      check(await eventually(() => tab.evaluate(() => document.querySelectorAll('link[rel="stylesheet"]:not([data-quorate])').length === 1)), "the old stylesheet is still there");
      check((await tab.evaluate(() => window.bare)) === 0, "the page was bare for a moment");
      check(await unmoved(tab), "the page was loaded anew");
      papers.writeTheme("assets/quorate.css", style);
      check(await eventually(() => tab.evaluate(() => getComputedStyle(document.querySelector("h1")).color !== "rgb(1, 2, 3)")), "the old colour does not come back");
      // And what follows is taken in place still.
      papers.edit(`${PLAN}.md`, "first of three", "first of six");
      await sees(tab, "first of six");
      papers.edit(`${PLAN}.md`, "first of six", "first of three");
      await sees(tab, "first of three");
      check(await unmoved(tab), "the page was loaded anew");
      check(tab.wrong.length === 0, `${tab.wrong}`);
    },

    async "a server that comes back is found again"(check) {
      const tab = await open(PLAN);
      const lost = tab.locator("quorate-bar .lost");
      check(!(await lost.isVisible()), "says that the preview has stopped while it runs");
      await server.stop();
      await lost.waitFor({ timeout: PATIENCE });
      check(/has stopped.*quorate serve/.test(await words(lost)), await words(lost));
      papers.edit(`${PLAN}.md`, "first of three", "first of five");
      server = await Server.start(program, papers, server.port);
      await sees(tab, "first of five");
      check(await eventually(async () => !(await lost.isVisible())), "still says that the preview has stopped");
      papers.edit(`${PLAN}.md`, "first of five", "first of three");
      await sees(tab, "first of three");
      check(await unmoved(tab), "the page was loaded anew");
      // Ended as a person ends it, it says goodbye.
      await server.stop("SIGINT");
      await lost.waitFor({ timeout: PATIENCE });
      server = await Server.start(program, papers, server.port);
      check(await eventually(async () => !(await lost.isVisible())), "does not find the server again");
    },

    async "a renamed paper and a new one are told of"(check) {
      const tab = await open(BENCHES);
      const text = papers.read(`${BENCHES}.md`);
      fs.renameSync(path.join(papers.folder, "content", `${BENCHES}.md`), path.join(papers.folder, "content", `${MEETING}/03-seats.md`));
      const held = tab.locator("quorate-bar .held");
      await held.waitFor({ timeout: PATIENCE });
      check(/renamed or deleted/.test(await words(held)), await words(held));
      check((await words(tab.locator("main"))).includes("nine benches"), "its last version is gone");
      papers.write(`${BENCHES}.md`, text);
      fs.rmSync(path.join(papers.folder, "content", `${MEETING}/03-seats.md`));
      await held.waitFor({ state: "detached", timeout: PATIENCE });
      check(await unmoved(tab), "the page was loaded anew");
    },

    async "the public's view holds nothing private"(check) {
      const pages = async (view) => {
        const texts = new Map();
        const queue = [`${server.address}${view}/index.html`];
        for (let next = queue.pop(); next; next = queue.pop()) {
          if (texts.has(next)) continue;
          const answer = await fetch(next);
          const text = (answer.headers.get("content-type") ?? "").startsWith("text/html") ? await answer.text() : "";
          texts.set(next, text);
          for (const [, href] of text.matchAll(/ href="([^"]+)"/g)) {
            const to = new URL(href.replaceAll("&amp;", "&"), next);
            to.hash = "";
            if (to.href.startsWith(`${server.address}${view}/`)) queue.push(to.href);
          }
        }
        return texts;
      };
      // A private paper with an error, in words that quote it.
      papers.edit(`${LAND}.md`, "status: ready", `status: ready\n${MARKER.toLowerCase()}_key: x`);
      const tab = await open(PLAN);
      check(await eventually(async () => (await (await fetch(`${server.address}-/bar?view=members&path=${LAND}.html`)).text()).toUpperCase().includes(MARKER)), "members are not told of the error");
      await settled(tab);
      for (const [where, text] of await pages("public")) check(!text.toUpperCase().includes(MARKER), `${where} holds the private word`);
      for (const at of [PLAN, LAND, `${MEETING}/index`]) {
        const text = await (await fetch(`${server.address}-/bar?view=public&path=${at}.html`)).text();
        check(!text.toUpperCase().includes(MARKER), `the bar of ${at} holds the private word in the public's view`);
      }
      papers.edit(`${LAND}.md`, `status: ready\n${MARKER.toLowerCase()}_key: x`, "status: ready");
      await settled(tab);
      // Of a private item on the agenda, too, only members are told what was found.
      const told = async (view) => (await fetch(`${server.address}-/bar?view=${view}&path=${MEETING}/index.html`)).text();
      check((await told("members")).includes("excludes the public"), "members are not told of a private item");
      check(!(await told("public")).includes("excludes the public") && (await told("public")).includes("not public"), "the public's view quotes a private item");
      const members = await eventually(async () => [...(await pages("members")).values()].some((text) => text.includes(`${MARKER} field`)));
      check(members, "members do not see what is theirs");
      for (const [where, text] of await pages("public")) check(!text.toUpperCase().includes(MARKER), `${where} holds the private word`);
    },

    async "a picture that is another under the same name is shown"(check) {
      const picture = `${MEETING}/files/bench.svg`;
      const drawing = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="30" viewBox="0 0 40 30"><rect width="40" height="30"/></svg>\n`;
      papers.write(picture, drawing(40));
      papers.write(`${BENCHES}.md`, `${papers.read(`${BENCHES}.md`)}\n![A bench](files/bench.svg "A bench")\n`);
      const tab = await open(BENCHES);
      const width = () => tab.evaluate(() => document.querySelector('img[alt="A bench"]')?.naturalWidth);
      check(await eventually(async () => (await width()) === 40), "the picture is not there");
      await settled(tab);
      papers.write(picture, drawing(20));
      check(await eventually(async () => (await width()) === 20), "the old picture is still there");
      check(await unmoved(tab), "the page was loaded anew");
    },

    async "a mistake in a file of figures is told where its table stands"(check) {
      const data = `${MEETING}/data/benches.csv`;
      const file = path.join(papers.folder, "content", data);
      papers.write(data, "Month,Benches\n2023-04,7\n2023-05,9\n");
      papers.write(`${BENCHES}.md`, `${papers.read(`${BENCHES}.md`)}\nEach month they are counted. {#counted}\n\n\`\`\`series\ncaption: Benches\nsource: Parks\ndata: data/benches.csv\n\`\`\`\n`);
      const tab = await open(BENCHES);
      await sees(tab, "April 2023");
      await settled(tab);
      check((await words(findings(tab).locator("summary"))) !== "", "the bar is empty");
      fs.writeFileSync(file, "Month,Benches\n2023-04,seven\n2023-05,9\n");
      await list(tab).locator(".finding.error", { hasText: "seven" }).first().waitFor({ state: "attached", timeout: PATIENCE });
      check(!/elsewhere/.test(await words(findings(tab).locator("summary"))), "it is said to be elsewhere");
      await findings(tab).locator("summary").click();
      const lead = list(tab).locator(".finding.error", { hasText: "seven" }).first().locator("a.to-place");
      // The table cannot be made: what stands before it can be shown.
      const target = (await lead.getAttribute("href")).slice(1);
      check(await eventually(() => tab.evaluate((id) => Boolean(document.getElementById(id)), target)), `leads to ${target}, which is not there`);
      const said = await words(list(tab));
      check(said.includes("2023-04,seven") && said.includes("data/benches.csv, line 2"), said);
      fs.writeFileSync(file, "Month,Benches\n2023-04,7\n2023-05,9\n");
      await sees(tab, "April 2023");
      check(await eventually(async () => !(await words(list(tab))).includes("seven")), "the list still speaks of the error");
      check(await unmoved(tab), "the page was loaded anew");
      fs.rmSync(path.dirname(file), { recursive: true });
    },

    async "who asks the public's view for a private page is told who sees it"(check) {
      const tab = await open(LAND, { view: "public" });
      check(/The public will not see this page/.test(await words(tab.locator("quorate-bar .held"))), await words(bar(tab)));
      const views = tab.locator("quorate-bar .views a:not([aria-current])");
      check(!/not members|will not see it/i.test(await words(views)), `members are said not to see it: ${await words(views)}`);
      await views.click();
      await tab.waitForURL(address(LAND, "members"));
      await tab.goto(address(LAND));
      await tab.locator("quorate-bar .held a").click();
      await tab.waitForURL(address(`${MEETING}/index`));
      // A paper that becomes private while somebody looks is neither renamed nor deleted.
      const benches = await open(BENCHES);
      papers.edit(`${MEETING}/agenda.md`, "    paper: 04-land\n    exempt:", "    papers: [04-land, 03-benches]\n    exempt:");
      papers.edit(`${MEETING}/agenda.md`, "  - {title: Benches, paper: 03-benches}\n", "");
      const held = benches.locator("quorate-bar .held");
      await held.waitFor({ timeout: PATIENCE });
      check(/The public will not see this page/.test(await words(held)), await words(held));
    },

    async "all findings are counted, and the first are shown"(check) {
      const tab = await open(BENCHES);
      papers.write(`${BENCHES}.md`, papers.read(`${BENCHES}.md`) + Array.from({ length: 170 }, (_, index) => `\nSee [[nothing-${index}]].\n`).join(""));
      check(await eventually(async () => /^170 errors/.test(await words(findings(tab).locator("summary")))), `counts ${await words(findings(tab).locator("summary"))}`);
      await findings(tab).locator("summary").click();
      const shown = await list(tab).locator(".finding").count();
      const more = /… and (\d+) more/.exec(await words(list(tab)));
      check(shown >= 20 && shown < 170 && more && Number(more[1]) >= 170 - shown, `${shown} are shown, and "${more?.[0]}"`);
      papers.reset();
      check(await eventually(async () => !/error/.test(await words(findings(tab).locator("summary")))), "the errors are not forgotten");
    },

    async "magnified four times, the bar leaves two thirds of the screen"(check) {
      const tab = await open(PLAN, { viewport: { width: 320, height: 256 } });
      papers.edit(`${PLAN}.md`, "title: Community Safety Plan", "title: [Community Safety Plan");
      await tab.locator("quorate-bar .held").waitFor({ timeout: PATIENCE });
      const height = await bar(tab).evaluate((element) => element.offsetHeight);
      check(height <= 256 / 3, `takes ${height} of 256 px`);
      const small = await tab.locator("quorate-bar :is(summary, .views a)").evaluateAll((all) => all.filter((element) => element.getBoundingClientRect().height < 24).length);
      check(small === 0, `${small} targets are less than 24 px high`);
    },

    async "members see what is exempt, and that it is"(check) {
      const tab = await open(LAND, { view: "members" });
      check(/Not for publication/.test(await words(bar(tab))), await words(bar(tab)));
      check((await words(tab.locator("main"))).includes(`${MARKER} field`), "the private paper is not there");
      const views = tab.locator("quorate-bar .views");
      check((await words(views.locator("[aria-current]"))).toLowerCase().includes("members"), "whose view it is is not marked");
      check(/not public|will not see it/i.test(await words(views)), `that the public has no such page is not said: ${await words(views)}`);
      await views.locator("a:not([aria-current])").click();
      await tab.waitForURL(/\/public\//);
      check(new URL(tab.url()).pathname === `/public/${MEETING}/index.html`, `leads to ${tab.url()}`);
      const plan = await open(PLAN);
      check(!/Not for publication/.test(await words(bar(plan))), "a public paper is called private");
      await plan.locator("quorate-bar .views a:not([aria-current])").click();
      await plan.waitForURL(address(PLAN, "members"));
    },

    async "the status, the deadline and the length are told"(check) {
      const tab = await open(PLAN);
      check(/Draft/.test(await words(bar(tab))), await words(bar(tab)));
      const left = tab.locator("quorate-bar .deadline .left");
      const told = await words(left);
      // From 1 July 2023, 7 pm, to the end of 4 July.
      check(told === "3 days 4 hours left" || told === "3 days 5 hours left", `says "${told}"`);
      check(/4 July 2023/.test(await words(tab.locator("quorate-bar .deadline"))), "the day is not told");
      // The script counts on in the same words, from the server's moment.
      const at = (seconds, expected) =>
        eventually(async () => {
          // Each time, since the bar may just have been brought up to date.
          await left.evaluate((element, seconds) => (element.dataset.left = seconds), seconds);
          await tab.waitForTimeout(1100);
          return expected.test(await words(left));
        });
      check(await at(3700, /^1 hour [01] minutes? left$/), await words(left));
      check(await at(0, /has passed: it was/), await words(left));
      await tab.locator("quorate-bar .more summary").click();
      const facts = await words(tab.locator("quorate-bar .more .panel"));
      const counted = /([\d,]+) words, about (\d+) minutes?/.exec(facts);
      check(counted && Math.ceil(Number(counted[1].replace(",", "")) / 240) === Number(counted[2]), `the length is not told: ${facts}`);
      const text = papers.read(`${PLAN}.md`).split("---\n").slice(2).join("");
      const about = text.split(/\s+/).filter((word) => /\w/.test(word)).length;
      check(counted && Math.abs(Number(counted[1].replace(",", "")) - about) < about / 20, `${about} words stand in the file, and ${counted?.[1]} are told`);
    },

    async "a PDF is made and opened"(check) {
      const tab = await open(PLAN);
      await tab.locator("quorate-bar .more summary").click();
      for (const what of ["paper", "pack"]) {
        const make = tab.locator(`quorate-bar form[action$="what=${what}"] button`);
        const ready = tab.locator(`quorate-bar .print.ready a[href$="what=${what}"]`);
        if (!(await make.count())) {
          check(await ready.count(), `there is no PDF of the ${what}`);
          continue;
        }
        await make.click();
        await ready.waitFor({ timeout: 120_000 });
        check(/\d+ pages?, \d+ [KM]B/.test(await words(tab.locator("quorate-bar .more .panel"))), "its size is not told");
        const [type, head] = await ready.evaluate(async (link) => {
          const answer = await fetch(link.href);
          return [answer.headers.get("content-type"), (await answer.text()).slice(0, 4)];
        });
        check(type === "application/pdf" && head === "%PDF", `is ${type}, and begins ${head}`);
      }
      check(await tab.locator("quorate-bar .more").evaluate((element) => element.open), "the panel was closed");
      check(await unmoved(tab), "the page was loaded anew");
    },

    async "a draft carries a watermark on the screen and in print"(check) {
      const tab = await open(PLAN);
      const mark = tab.locator("quorate-draft");
      check(await mark.isVisible(), "is not to be seen");
      const box = await mark.boundingBox();
      check(box && box.width >= DESK.width * 0.9, "is small");
      check(await tab.evaluate(() => getComputedStyle(document.querySelector("quorate-draft")).pointerEvents === "none"), "is in the way of the mouse");
      check((await mark.getAttribute("aria-hidden")) === "true", "is read out");
      await tab.emulateMedia({ media: "print" });
      check(await mark.isVisible(), "is not printed");
      check(!(await bar(tab).isVisible()), "the bar is printed");
      const file = path.join(os.tmpdir(), `quorate-preview-${process.pid}.pdf`);
      await tab.pdf({ path: file, format: "A4" });
      const text = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
      fs.rmSync(file);
      const pages = text.split("\f").slice(0, -1);
      check(pages.length > 1 && pages.every((page) => page.includes("DRAFT")), `stands on ${pages.filter((page) => page.includes("DRAFT")).length} of ${pages.length} printed pages`);
      check(!/Nothing found|Publish by/.test(text), "the bar is printed");
      await tab.emulateMedia({ media: "screen" });
      papers.edit(`${PLAN}.md`, "status: draft", "status: ready");
      check(await eventually(async () => (await mark.count()) === 0), "stays when the paper is ready");
      papers.edit(`${PLAN}.md`, "status: ready", "status: draft");
      check(await eventually(() => mark.isVisible()), "does not come back");
    },

    async "everything in the bar can be reached with the keyboard"(check) {
      const tab = await open(PLAN);
      const focused = () =>
        tab.evaluate(() => {
          const within = document.querySelector("quorate-bar").shadowRoot.activeElement;
          if (!within) return undefined;
          const box = within.getBoundingClientRect();
          const top = within.getRootNode().elementFromPoint(Math.min(box.left + box.width / 2, innerWidth - 2), Math.max(0, Math.min(box.top + 8, innerHeight - 2)));
          const style = getComputedStyle(within);
          return { name: within.textContent.trim().slice(0, 30) || within.className, marked: style.outlineStyle !== "none", shown: within.contains(top) || top?.contains(within), summary: within.localName === "summary" };
        });
      await findings(tab).locator("summary").focus();
      await tab.keyboard.press("Enter");
      check(await findings(tab).evaluate((element) => element.open), "Enter does not open the list");
      await tab.keyboard.press("Escape");
      check(!(await findings(tab).evaluate((element) => element.open)), "Escape does not close the list");
      check((await focused())?.summary, "after Escape the focus is not on the button");
      await tab.keyboard.press("Space");
      const stops = [];
      for (let stop = await focused(); stop && stops.length < 60; stop = await focused()) {
        stops.push(stop.name);
        check(stop.marked, `${stop.name} shows no ring when it has focus`);
        check(stop.shown, `${stop.name} has focus and is hidden`);
        if (stop.summary && stops.length > 1) await tab.keyboard.press("Enter");
        await tab.keyboard.press("Tab");
      }
      const all = await tab.evaluate(() => document.querySelector("quorate-bar").shadowRoot.querySelectorAll("a, button, summary").length);
      check(stops.length >= 5 && stops.length < 60, `reached ${stops.length} of some ${all}: ${stops.join(" | ")}`);
      // Nothing on the page has its focus behind the bar, open or not.
      await findings(tab).evaluate((element) => (element.open = true));
      await tab.evaluate(() => (scrollTo(0, 0), document.querySelector("quorate-bar").shadowRoot.activeElement?.blur()));
      await tab.locator("body").focus().catch(() => {});
      await tab.evaluate(() => document.querySelector(".skip, a").focus());
      for (let count = 0; count < 40; count++) {
        const hidden = await tab.evaluate(() => {
          const at = document.activeElement;
          if (!at || at === document.body || at.localName === "quorate-bar") return undefined;
          const box = at.getBoundingClientRect();
          const top = document.elementFromPoint(Math.min(Math.max(box.left + 2, 0), innerWidth - 1), Math.min(Math.max(box.top + 2, 0), innerHeight - 1));
          return top?.localName === "quorate-bar" ? at.textContent.trim().slice(0, 40) : undefined;
        });
        check(hidden === undefined, `"${hidden}" has focus behind the bar`);
        await tab.keyboard.press("Tab");
      }
    },

    async "the bar passes axe, closed and open, light and dark"(check) {
      papers.edit(`${PLAN}.md`, "Paragraph 35 says", "Paragraph 35, on Monday 12 July 2023, says");
      papers.edit(`${BENCHES}.md`, "title: Benches in the parks", "title: [Benches in the parks");
      for (const viewport of [DESK, PHONE])
        for (const colorScheme of ["light", "dark"]) {
          const tab = await open(PLAN, { viewport, colorScheme });
          await findings(tab).locator("summary", { hasText: "error" }).waitFor({ timeout: PATIENCE });
          for (const shown of ["closed", "findings", "more", "held"]) {
            if (shown === "held") await tab.goto(address(BENCHES)), await settled(tab);
            else if (shown !== "closed") await tab.locator(`quorate-bar .${shown} summary`).click();
            await tab.evaluate(AXE);
            const found = await tab.evaluate(async (standards) => {
              const found = await axe.run(document, { runOnly: standards, resultTypes: ["violations"], preload: false });
              const within = found.passes.some((pass) => pass.nodes.some((node) => Array.isArray(node.target[0])));
              return { within, passes: found.passes.length, violations: found.violations.flatMap((one) => one.nodes.map((node) => `${node.target.join(" ")}: ${one.help} (${one.id}): ${node.failureSummary}`)) };
            }, STANDARDS);
            const where = `${viewport.width} px, ${colorScheme}, ${shown}`;
            report.checked += found.passes;
            check(found.within, `${where}: axe does not see into the bar`);
            for (const violation of found.violations) check(false, `${where}: ${shorten(violation, 300)}`);
            const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
            check(wide <= 0, `${where}: the page scrolls ${wide} px sideways`);
          }
        }
      papers.edit(`${PLAN}.md`, "Paragraph 35, on Monday 12 July 2023, says", "Paragraph 35 says");
      papers.edit(`${BENCHES}.md`, "title: [Benches in the parks", "title: Benches in the parks");
    },

    async "the bar leaves room for the page"(check) {
      const most = { 1280: 60, 360: 96 };
      for (const [width, height, least] of [[1280, 800, most[1280]], [360, 740, most[360]], [320, 256, 256 / 3]]) {
        const tab = await open(PLAN, { viewport: { width, height } });
        const box = await bar(tab).boundingBox();
        check(box && box.height <= least, `at ${width} × ${height} the bar takes ${box?.height} px`);
        await tab.evaluate(() => scrollTo(0, document.scrollingElement.scrollHeight));
        await tab.waitForTimeout(100);
        const rest = await tab.evaluate(() => {
          const footer = document.querySelector("footer") ?? document.querySelector("main");
          return footer.getBoundingClientRect().bottom - document.querySelector("quorate-bar").shadowRoot.querySelector(".bar").getBoundingClientRect().top;
        });
        check(rest <= 1, `at ${width} × ${height} the bar hides ${rest} px of the end of the page`);
        await tab.context().close();
      }
    },

    async "without scripts all can be read"(check) {
      const tab = await open(PLAN, { javaScriptEnabled: false });
      check(/Draft/.test(await words(bar(tab))), "the status is not told");
      check((await words(tab.locator("main"))).includes("The plan is the first of three"), "the page is not there");
      await findings(tab).locator("summary").click();
      check(/In all papers together|Nothing was found/.test(await words(list(tab))), "the list does not open");
      check((await tab.locator("quorate-bar .views a").count()) === 2, "the views are not led to");
      await tab.locator("quorate-bar .more summary").click();
      check((await tab.locator('quorate-bar form[method="post"] button, quorate-bar .print.ready a').count()) > 0, "there is no button for a PDF");
    },
  };
}
