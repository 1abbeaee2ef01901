// A few papers on a disk and a `quorate serve` that shows them, for the checks of the preview.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Stands in all that the public must not see. */
export const MARKER = "ZANZIBARMARKER";

/** Three days before the agenda must be out: five clear days before 12 July 2023. */
export const NOW = "2023-07-01T19:00";

export const MEETING = "meetings/scrutiny/2023-07-12";

const paragraphs = (from, to) =>
  Array.from({ length: to - from }, (_, index) => `Paragraph ${from + index} says what the partners will do in each ward, who does it and when.\n`).join("\n");

const PLAN = `---
kind: briefing-note
title: Community Safety Plan
status: draft
background_papers: none
---
## Purpose

The plan is the first of three.

${paragraphs(1, 12)}
## Money

The plan costs nothing.

${paragraphs(12, 24)}
## People

${paragraphs(24, 40)}`;

const FILES = {
  "authority.yaml": "name: Example Council\nkind: principal-council\nnation: england\ncontacts:\n  governance: {name: Governance Services}\n",
  "glossary.yaml": "ASB: Anti-social behaviour\n",
  "people.yaml": "N Akhtar: {kind: councillor}\nR Thay: {kind: councillor}\n",
  "bodies/scrutiny.yaml": "name: Scrutiny Committee\nkind: committee\nlaw: part-va\nmembers:\n  - {person: N Akhtar, role: chair}\n  - {person: R Thay}\n",
  [`${MEETING}/agenda.md`]: `---
kind: agenda
status: draft
time: 10:00
place: Council House
contact: governance
items:
  - Apologies
  - {title: Community Safety Plan, paper: 02-plan}
  - {title: Benches, paper: 03-benches}
private:
  - title: Purchase of land
    paper: 04-land
    exempt: {paragraphs: [3], public_interest: The council is still negotiating.}
---
Anyone may come.
`,
  [`${MEETING}/02-plan.md`]: PLAN,
  [`${MEETING}/03-benches.md`]: "---\nkind: briefing-note\ntitle: Benches in the parks\nstatus: ready\nbackground_papers: none\n---\n## Purpose\n\nThere are nine benches.\n",
  [`${MEETING}/04-land.md`]: `---\nkind: report\ntitle: ${MARKER} land\nstatus: ready\nbackground_papers: [${MARKER} valuation]\n---\n## ${MARKER} purpose\n\nThe price of ${MARKER} field is not for the public.\n`,
};

/** A folder with `content` and `themes/default`, the latter with nothing but the stylesheet as the program has it. */
export class Papers {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "quorate-preview-"));
    this.reset();
    const style = fileURLToPath(new URL("../../themes/default/assets/quorate.css", import.meta.url));
    this.writeTheme("assets/quorate.css", fs.readFileSync(style, "utf8"));
  }

  /** All papers as they were in the beginning. */
  reset() {
    for (const [file, text] of Object.entries(FILES))
      if (!fs.existsSync(path.join(this.folder, "content", file)) || this.read(file) !== text) this.write(file, text);
  }

  write = (file, text) => put(path.join(this.folder, "content", file), text);
  writeTheme = (file, text) => put(path.join(this.folder, "themes/default", file), text);
  removeTheme = (file) => fs.rmSync(path.join(this.folder, "themes/default", file));
  read = (file) => fs.readFileSync(path.join(this.folder, "content", file), "utf8");

  /** Replaces words that must stand in a file once. */
  edit(file, from, to) {
    const parts = this.read(file).split(from);
    if (parts.length !== 2) throw new Error(`${file} has "${from}" ${parts.length - 1} times`);
    this.write(file, parts.join(to));
  }

  remove = () => fs.rmSync(this.folder, { recursive: true, force: true });
}

function put(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // As most editors save: a new file takes the old one's place.
  fs.writeFileSync(`${file}~`, text);
  fs.renameSync(`${file}~`, file);
}

/** A running `quorate serve`. */
export class Server {
  static async start(program, papers, port = 0) {
    const server = new Server();
    const options = ["serve", "--content", path.join(papers.folder, "content"), "--now", NOW, "--port", String(port)];
    server.child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    server.ended = new Promise((ended) => server.child.on("close", ended));
    server.address = await new Promise((found, failed) => {
      const late = setTimeout(() => failed(new Error(`serve did not say its address within 60 s: ${said}`)), 60_000);
      const hear = (text) => {
        said += text;
        const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
        if (address) clearTimeout(late), found(address[0]);
      };
      for (const stream of [server.child.stdout, server.child.stderr]) stream.setEncoding("utf8").on("data", hear);
      server.child.on("close", (code) => failed(new Error(`serve ended with ${code}: ${said}`)));
      server.child.on("error", failed);
    });
    server.port = Number(new URL(server.address).port);
    return server;
  }

  async stop(signal = "SIGKILL") {
    this.child.kill(signal);
    await this.ended;
  }
}
