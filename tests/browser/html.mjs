// node html.mjs DIR
//
// Every page is valid HTML by html-validate's recommended, document and accessibility rules. Switched off in
// .htmlvalidate.json are only rules of taste: title length (papers have long titles), trailing blanks, unbreakable
// telephone numbers, ids limited to letters and digits, and checksums for files that are our own anyway.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { Report, filesIn, shorten, siteFolder } from "./lib.mjs";

if (isMainThread) await main();
else parentPort.postMessage(await validate(workerData.root, workerData.files));

async function main() {
  const root = siteFolder(process.argv[2], "html.mjs DIR");
  const report = new Report("html");
  const files = filesIn(root).filter((file) => /\.html?$/.test(file));
  // Dealt out like cards, so that each thread gets its share of the long pages; a thread costs more than a few pages do.
  const threads = files.length < 20 ? 1 : os.availableParallelism();
  const hands = Array.from({ length: threads }, (_, n) => files.filter((_, index) => index % threads === n));
  const results = await Promise.all(
    hands.map(
      (hand) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { root, files: hand } });
          worker.on("message", resolve).on("error", reject);
        }),
    ),
  );
  for (const { file, problems } of results.flat().sort((a, b) => (a.file < b.file ? -1 : 1))) {
    if (problems.length === 0) report.check(true);
    for (const problem of problems) report.check(false, file, "", problem);
  }
  report.finish();
}

async function validate(root, files) {
  const config = JSON.parse(fs.readFileSync(new URL(".htmlvalidate.json", import.meta.url), "utf8"));
  const checker = new HtmlValidate(new StaticConfigLoader(config));
  const results = [];
  for (const file of files) {
    const { results: found } = await checker.validateString(fs.readFileSync(path.join(root, file), "utf8"), path.join(root, file));
    const problems = found
      .flatMap((r) => r.messages)
      .map((m) => `line ${m.line}:${m.column}${m.selector ? ` ${shorten(m.selector, 80)}` : ""}: ${shorten(m.message)} (${m.ruleId})`);
    results.push({ file, problems });
  }
  return results;
}
