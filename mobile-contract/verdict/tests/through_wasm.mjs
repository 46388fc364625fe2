// Answers on standard output, line by line, what is asked on standard input, through the library for WebAssembly.
//
// A request is one JSON array a line: [files, what, ...] with the rule files of an operator, as pairs of name and text,
// and the method with its arguments. The directory that wasm.sh has written is the only argument.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const directory = process.argv[2];
const { Library, Refused } = await import(pathToFileURL(join(directory, "verdict.js")));
const bytes = readFileSync(join(directory, "liangxin_verdict.wasm"));
const library = await Library.load(bytes);
const loaded = new Map();

function rules(files) {
  const key = JSON.stringify(files);
  if (!loaded.has(key)) loaded.set(key, library.rules(files));
  return loaded.get(key);
}

function milliseconds(files, measurement) {
  const times = Array.from({ length: 41 }, () => {
    // Of the processor: whatever else the machine does meanwhile is no part of it.
    const start = process.cpuUsage();
    rules(files).judge(measurement);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[20];
}

function answer([files, method, ...given]) {
  if (method === "compressed") return { ok: gzipSync(bytes, { level: 9 }).length };
  if (method === "milliseconds") return { ok: milliseconds(files, ...given) };
  try {
    return { ok: rules(files)[method](...given) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: { code: error.code, field: error.field, message: error.message } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
