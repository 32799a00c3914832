// The same pages as plain HTML with a little script (floor.js), served from memory: the limit that no app can beat.
// Their HTML and styles are the real server's, without the app, its data and what would fetch it.

import { createServer } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";

/** The quality at which the station compresses its pages, too. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function withoutApp(html) {
  return html
    .replace(/<script src="[^"]*boot\.js"[^>]*><\/script>\n?/, '<script src="/floor.js" defer></script>\n')
    .replace(/<script type="application\/json"[^>]*>.*?<\/script>/gs, "");
}

/** How the bytes travel is the floor's own matter; everything else is said alike: a header that keeps other windows away
 * costs a browser some thirty milliseconds, whoever sends it. */
const OWN = new Set(["connection", "content-encoding", "content-length", "date", "etag", "keep-alive", "set-cookie", "transfer-encoding", "vary"]);

function passedOn(headers) {
  return Object.fromEntries([...headers].filter(([name]) => !OWN.has(name)));
}

/** Starts it over the station at `origin`. Everything it was asked for once comes from memory. */
export async function startFloor(origin) {
  const kept = new Map();
  const script = await readFile(new URL("floor.js", import.meta.url));
  kept.set("/floor.js", {
    body: brotliCompressSync(script),
    headers: { "content-type": "text/javascript", "cache-control": "public, max-age=31536000, immutable" },
  });

  async function find(address) {
    const known = kept.get(address);
    if (known) return known;
    const answer = await fetch(origin + address);
    const type = answer.headers.get("content-type") ?? "";
    let body = Buffer.from(await answer.arrayBuffer());
    if (type.startsWith("text/html")) body = Buffer.from(withoutApp(body.toString()));
    const found = {
      body: type.startsWith("image/png") ? body : brotliCompressSync(body, QUALITY),
      plain: type.startsWith("image/png"),
      headers: passedOn(answer.headers),
    };
    kept.set(address, found);
    return found;
  }

  const server = createServer((request, response) => {
    find(request.url).then(
      ({ body, headers, plain }) => {
        if (!plain) response.setHeader("content-encoding", "br");
        response.writeHead(200, { ...headers, "content-length": body.length });
        response.end(body);
      },
      () => response.writeHead(502).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
