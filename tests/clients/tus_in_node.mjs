// Sends a file by tus-js-client: node tus_in_node.mjs ENDPOINT FILE OPTIONS, the options as JSON. Prints the upload's address.

import { createReadStream, statSync } from "node:fs";
import * as tus from "tus-js-client";

const [endpoint, file, options] = process.argv.slice(2);
const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  uploadSize: statSync(file).size,
  ...JSON.parse(options),
  onError: (error) => { console.error(`${error.originalResponse?.getStatus()} ${error.originalResponse?.getBody()}`); process.exitCode = 1; },
  onSuccess: () => console.log(upload.url),
});
upload.start();
