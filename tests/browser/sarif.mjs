// node sarif.mjs LOG…
//
// Each file is a valid SARIF 2.1.0 log by the JSON Schema of OASIS, which Microsoft's package @microsoft/jest-sarif carries
// with the version of ajv that reads its draft; every result leads to its rule, and no address is that of one machine.
// Logs that are broken on purpose must be refused first: a check that cannot fail proves nothing.

import fs from "node:fs";
import { createRequire } from "node:module";
import { Report, cannotRun } from "./lib.mjs";

const files = process.argv.slice(2);
if (files.length === 0) cannotRun("usage: node sarif.mjs LOG…");
const ours = createRequire(import.meta.url);
const theirs = createRequire(ours.resolve("@microsoft/jest-sarif"));
const Ajv = theirs("ajv");
const ajv = new Ajv({ schemaId: "id", allErrors: true, meta: false });
ajv.addMetaSchema(theirs("ajv/lib/refs/json-schema-draft-04.json"));
const valid = ajv.compile(ours("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
const report = new Report("sarif");

for (const file of files) {
  const log = JSON.parse(fs.readFileSync(file, "utf8"));
  const broken = [
    ["another version", (copy) => void (copy.version = "2.0.0")],
    ["a run without a tool", (copy) => delete copy.runs[0].tool],
    ["a result without a message", (copy) => delete copy.runs[0].results[0]?.message],
    ["a line before the first", (copy) => void (copy.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0)],
    ["a key that is none of SARIF's", (copy) => void (copy.runs[0].results[0].colour = "red")],
  ];
  if (log.runs[0].results.length === 0) cannotRun(`${file} holds no result`);
  for (const [what, change] of broken) {
    const copy = structuredClone(log);
    change(copy);
    report.check(!valid(copy), file, "", `with ${what} it should be refused, and is not`);
  }
  valid(log);
  report.check(!valid.errors, file, "", (valid.errors ?? []).map((e) => `${e.dataPath} ${e.message}`).join("; "));
  for (const run of log.runs)
    for (const result of run.results) {
      report.check(run.tool.driver.rules[result.ruleIndex]?.id === result.ruleId, file, result.ruleId, "its rule is not in the log");
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const { uri, uriBaseId } = physicalLocation.artifactLocation;
        const relative = !/^(\/|[a-z][a-z0-9+.-]*:|\.\.)/i.test(uri) && uriBaseId in run.originalUriBaseIds;
        report.check(relative, file, result.ruleId, `${uri} is not relative to a folder that is named`);
      }
    }
}
report.finish();
