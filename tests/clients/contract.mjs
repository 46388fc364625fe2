// Where the contract lies, and what is in it.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CONTRACT = fileURLToPath(new URL("../../mobile-contract", import.meta.url));

/** The folders of operations: each has the configuration that makes its client. */
export const FOLDERS = readdirSync(CONTRACT).filter((name) => existsSync(join(CONTRACT, name, "codegen.ts")));

/** The text of an operation. */
export function operation(name) {
  const files = FOLDERS.map((folder) => join(CONTRACT, folder, `${name}.graphql`));
  return readFileSync(files.find((file) => existsSync(file)), "utf8");
}
