// node private-words.mjs DIR WORD… [--present]
//
// None of the words stands anywhere in a built site: not in a file's bytes, not in its name, not inside a zip, a gzip or
// a compressed stream of a PDF, in either case, nor broken up by tags or soft hyphens. With --present it is the other way
// about: every word must stand somewhere (the members' edition), which shows that the search finds what is there.

import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { parseArgs } from "node:util";
import { Report, cannotRun, filesIn, siteFolder } from "./lib.mjs";

const usage = "private-words.mjs DIR WORD… [--present]";
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { present: { type: "boolean", default: false } } });
const root = siteFolder(positionals[0], usage);
const words = positionals.slice(1);
if (words.length === 0) cannotRun(`usage: node ${usage}`);
const report = new Report("private-words");
const found = new Map(words.map((word) => [word, []]));
const files = filesIn(root);

for (const file of files) {
  search(`${file} (its name)`, Buffer.from(file));
  open(file, fs.readFileSync(path.join(root, file)), 0);
}
for (const [word, places] of found) {
  if (options.present) report.check(places.length > 0, root, "", `"${word}" stands nowhere, but should`);
  else for (const place of places) report.check(false, place, "", `holds "${word}"`);
}
if (!options.present) report.checked += files.length;
report.finish(options.present ? [...found].map(([word, places]) => `${word} in ${places.length} places`).join(", ") : "");

/** Searches a file and whatever is packed inside it; a bomb is not opened for ever. */
function open(place, bytes, depth) {
  search(place, bytes);
  if (depth > 3) return;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) inflated(place, () => zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH }), depth);
  if (bytes.subarray(0, 5).toString("latin1") === "%PDF-")
    for (const at of positions(bytes, /stream\r?\n/g)) inflated(`${place} (stream at ${at})`, () => zlib.inflateSync(bytes.subarray(at), { finishFlush: zlib.constants.Z_SYNC_FLUSH }), depth);
  for (const [name, content] of zipEntries(bytes)) {
    search(`${place}!${name} (its name)`, Buffer.from(name));
    open(`${place}!${name}`, content, depth + 1);
  }
}

function inflated(place, unpack, depth) {
  let bytes;
  try {
    bytes = unpack();
  } catch {
    return; // Not compressed after all: its bytes have been searched as they are.
  }
  open(`${place} unpacked`, bytes, depth + 1);
}

function positions(bytes, pattern) {
  return [...bytes.toString("latin1").matchAll(pattern)].map((m) => m.index + m[0].length);
}

/** The members of a zip, as its central directory lists them. */
function* zipEntries(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50 || end < 0) return;
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString("utf8");
    yield [name, bytes.readUInt16LE(at + 10) === 8 ? zlib.inflateRawSync(packed) : packed];
    at += 46 + nameLength + extraLength + commentLength;
  }
}

/** Looks for the words in bytes, as ASCII or as UTF-16 (PDF metadata), with and without what may break a word up. */
function search(place, bytes) {
  const plain = bytes.toString("latin1").toLowerCase();
  const variants = [plain, plain.replaceAll("\0", ""), bytes.toString("utf8").toLowerCase().replace(/<[^<>]*>|&shy;|&zwnj;|\u00ad|[\u200b-\u200d\u2060]/g, "")];
  for (const [word, places] of found) if (variants.some((text) => text.includes(word.toLowerCase()))) places.push(place);
}
