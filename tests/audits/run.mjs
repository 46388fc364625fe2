// Runs the GraphQL over HTTP server audits against a running server.
//
//   npm ci && node run.mjs http://127.0.0.1:8080/graphql
//
// Prints each audit that does not pass, a warning included, and ends with a count. Exits with 1 unless all pass, and if
// the list of audits is not the one that this version of the package has: an empty list passes too easily.

import { serverAudits } from "graphql-http";

const EXPECTED = 61;

const url = process.argv[2];
if (!url || process.argv.length !== 3) {
  console.error("usage: node run.mjs URL");
  process.exit(2);
}

/** Runs one audit; gives what is wrong, or null. */
async function complaint(audit) {
  try {
    const result = await audit.fn();
    return result.status === "ok" ? null : `${result.status}: ${result.reason}`;
  } catch (error) {
    const cause = error.cause ? ` (${error.cause.message || error.cause.code})` : "";
    return `fatal: ${error.message}${cause}`;
  }
}

const audits = serverAudits({ url });
let failed = 0;
for (const audit of audits) {
  const wrong = await complaint(audit);
  if (wrong !== null) {
    failed += 1;
    console.log(`${audit.id} ${audit.name}\n    ${wrong}`);
  }
}
if (audits.length !== EXPECTED) {
  console.log(`${audits.length} audits ran, ${EXPECTED} were expected`);
}
console.log(`${audits.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && audits.length === EXPECTED ? 0 : 1;
