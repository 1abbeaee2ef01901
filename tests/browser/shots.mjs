// node shots.mjs DIR OUT PATH… [--dark] [--print] [--width N]
//
// Full-page pictures of pages for people to look at: at 360 and 1280 px unless --width names another, in light and, with
// --dark, in dark too; with --print, also as they print. PATH is relative to DIR: `index.html meetings/index.html`.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { browser, cannotRun, inParallel, siteFolder } from "./lib.mjs";

const usage = "shots.mjs DIR OUT PATH… [--dark] [--print] [--width N]";
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { dark: { type: "boolean" }, print: { type: "boolean" }, width: { type: "string", multiple: true, default: ["360", "1280"] } },
});
const root = siteFolder(positionals[0], usage);
const [, out, ...files] = positionals;
if (!out || files.length === 0) cannotRun(`usage: node ${usage}`);
for (const file of files) if (!fs.existsSync(path.join(root, file))) cannotRun(`no ${file} in ${root}`);
fs.mkdirSync(out, { recursive: true });

const looks = options.width.flatMap((width) => [
  { width: Number(width), media: "screen", scheme: "light" },
  ...(options.dark ? [{ width: Number(width), media: "screen", scheme: "dark" }] : []),
]);
if (options.print) looks.push({ width: 680, media: "print", scheme: "light" });

const chromium = await browser();
await inParallel(
  files.flatMap((file) => looks.map((look) => ({ file, ...look }))),
  async ({ file, width, media, scheme }) => {
    const page = await chromium.newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
    await page.emulateMedia({ media, colorScheme: scheme });
    await page.goto(`${pathToFileURL(root)}/${file}`);
    const picture = path.join(out, `${file.replace(/\.html?$/, "").replaceAll("/", "--")}-${width}-${media === "print" ? "print" : scheme}.png`);
    // Chromium paints no more than 16,384 px in one piece.
    const height = Math.min(16000, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width, height } });
    console.log(`${picture}${height === 16000 ? " (the first 16,000 px)" : ""}`);
    await page.close();
  },
);
await chromium.close();
