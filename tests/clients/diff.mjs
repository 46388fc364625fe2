// Compares the schema with that of the last release, by @graphql-inspector/cli. What would break a phone fails.
//
//   node diff.mjs [RELEASE]
//
// RELEASE is a file, or a tag of git; the newest of `mobile-contract/released/` if it is left out.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { CONTRACT } from "./contract.mjs";

const [named] = process.argv.slice(2);

/** The newest version of which there is a schema. */
function newest() {
  const released = join(CONTRACT, "released");
  const versions = existsSync(released) ? readdirSync(released) : [];
  versions.sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const schemas = versions.map((version) => join(released, version, "schema.graphql"));
  return schemas.filter((schema) => existsSync(schema)).at(-1);
}

const scratch = mkdtempSync(join(tmpdir(), "liangxin-schema-"));
process.on("exit", () => rmSync(scratch, { recursive: true }));

/** The schema as a tag has it, as a file. */
function tagged(tag) {
  const file = join(scratch, "schema.graphql");
  const show = ["show", `${tag}:mobile-contract/schema.graphql`];
  writeFileSync(file, execFileSync("git", show, { cwd: CONTRACT, maxBuffer: 64 * 1024 * 1024 }));
  return file;
}

const before = named === undefined ? newest() : existsSync(named) ? resolve(named) : tagged(named);
if (before === undefined) {
  console.log("nothing is released yet: there is nothing to compare with");
  process.exit(0);
}
const inspector = createRequire(import.meta.url).resolve("@graphql-inspector/cli");
const after = join(CONTRACT, "schema.graphql");
const compared = spawnSync(process.execPath, [inspector, "diff", before, after], { stdio: "inherit" });
process.exitCode = compared.status ?? 1;
