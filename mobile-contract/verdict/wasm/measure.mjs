// What the library costs in Node: node measure.mjs DIRECTORY, the directory that wasm.sh has written.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const directory = process.argv[2];
const { Library } = await import(pathToFileURL(join(directory, "verdict.js")));
const bytes = readFileSync(join(directory, "liangxin_verdict.wasm"));
const since = (start) => performance.now() - start;

let start = performance.now();
const rules = (await Library.load(bytes)).rules();
console.log(`size: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} with gzip -9`);
console.log(`${brotliCompressSync(bytes).length} with brotli`);
console.log(`load with all rules: ${since(start).toFixed(1)} ms`);
for (const family of ["retail-weighing", "prepackaged-lot", "scale-test"]) {
  const example = new URL(`../../measurements/${family}.example.json`, import.meta.url);
  const measurement = JSON.parse(readFileSync(example));
  const times = Array.from({ length: 200 }, () => {
    start = performance.now();
    rules.judge(measurement);
    return since(start);
  }).sort((a, b) => a - b);
  console.log(`${family}: median ${times[100].toFixed(3)} ms, longest ${times.at(-1).toFixed(3)} ms`);
}
