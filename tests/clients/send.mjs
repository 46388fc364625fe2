// Sends a file with tus-js-client as it is.
//
//   node send.mjs ENDPOINT TOKEN PHOTO FILE
//
// Everything is left at its default but what no default can know: where to send, who sends, and which photo it is.

import { createReadStream, statSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, token, photo, file] = process.argv.slice(2);

const upload = new Upload(createReadStream(file), {
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
