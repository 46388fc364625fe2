// Makes the client of each folder as its page says, type-checks all of them, and builds the examples to `built/`.
//
//   node build.mjs

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

import { CONTRACT, FOLDERS } from "./contract.mjs";

const { resolve } = createRequire(import.meta.url);
const CODEGEN = resolve("@graphql-codegen/cli/package.json").replace("package.json", "cjs/bin.js");
const TSC = resolve("typescript/bin/tsc");

function run(folder, program, ...words) {
  const ran = spawnSync(process.execPath, [program, ...words], { cwd: join(CONTRACT, folder), stdio: "inherit" });
  if (ran.status !== 0) process.exit(1);
}

for (const folder of FOLDERS) run(folder, CODEGEN, "--config", "codegen.ts");
run(".", TSC, "--project", ".");
run(".", TSC, "--project", "tsconfig.watermelon.json");
