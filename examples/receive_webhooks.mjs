// Receives webhooks and prints each event once; Node.js without packages.
//
//     WEBHOOK_SECRET=whsec_... node receive_webhooks.mjs 9000

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

// A message that was signed longer ago, or in the future, may be one that somebody sends again.
const TOLERANCE_S = 300;
const MOST_BYTES = 100_000;
// The ids of messages that arrived. A real receiver keeps them where they outlive a restart.
const seen = new Set();

// Whether a message was signed with the secret, and not long ago.
export function isGenuine(secret, headers, body, now) {
    const id = headers["webhook-id"] ?? "", sentAt = headers["webhook-timestamp"] ?? "";
    if (!/^\d+$/.test(sentAt) || Math.abs(now - Number(sentAt)) > TOLERANCE_S) return false;
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const digest = createHmac("sha256", key).update(`${id}.${sentAt}.`).update(body).digest("base64");
    const expected = Buffer.from(`v1,${digest}`);
    return (headers["webhook-signature"] ?? "").split(" ").some((one) => {
        const given = Buffer.from(one);
        return given.length === expected.length && timingSafeEqual(given, expected);
    });
}

const server = createServer(async (request, response) => {
    const blocks = [];
    let length = 0;
    for await (const block of request) {
        length += block.length;
        if (length > MOST_BYTES) return response.writeHead(413, { connection: "close" }).end();
        blocks.push(block);
    }
    const body = Buffer.concat(blocks);
    const genuine = request.method === "POST" && isGenuine(process.env.WEBHOOK_SECRET, request.headers, body, Date.now() / 1000);
    response.writeHead(genuine ? 204 : 401).end();
    const id = request.headers["webhook-id"];
    if (genuine && !seen.has(id)) {  // a message may come twice
        seen.add(id);
        const event = JSON.parse(body);
        console.log(event.type, event.data.task_id ?? "");
    }
});
server.listen(Number(process.argv[2]), "127.0.0.1");
