// Sends a file with tus-js-client as it is.
//
//   node send.mjs MODULES ENDPOINT TOKEN PHOTO FILE
//
// MODULES is the directory that has tus-js-client. Everything is left at its default but what no default can know: where
// to send, who sends, and which photo it is.

import { createReadStream, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, endpoint, token, photo, file] = process.argv.slice(2);
const tus = createRequire(join(modules, "x.js"))("tus-js-client");

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { id: photo, filename: "photo.jpg" },
  uploadSize: statSync(file).size,
  onError(error) {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess() {
    console.log(upload.url);
  },
});
upload.start();
