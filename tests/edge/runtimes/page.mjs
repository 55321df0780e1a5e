// Debian's Chromium on pages served from a folder, under a Content-Security-Policy that forbids everything but what
// WebAssembly needs: scripts of this origin, and compiling modules ('wasm-unsafe-eval', which allows no eval).
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

export const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; " +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript",
  ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

async function serve(folder) {
  const server = createServer(async (request, reply) => {
    const path = normalize(new URL(request.url, "http://x").pathname);
    try {
      const body = await readFile(join(folder, path));
      reply.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream", "content-security-policy": policy,
        "x-content-type-options": "nosniff" }).end(body);
    } catch {
      reply.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Opens `path` of the folder and hands the page to `use`: {answer, complaints}, the latter what the browser logs as errors. */
export async function inPage(folder, path, use) {
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000); // for a machine that does something else meanwhile
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(`${server.url}/${path}`);
    return { answer: await use(page), complaints };
  } finally {
    await browser.close();
    server.close();
  }
}
