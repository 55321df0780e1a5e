// An example as a user runs it: copied beside the installed package, started, spoken to over HTTP.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { root } from "../runtimes/installed.mjs";

/** Copies the files of examples/NAME into `folder`. */
export function placeExample(name, folder) {
  cpSync(`${root}examples/${name}`, folder, { recursive: true });
}

/** Starts a server that prints JSON lines, the first of them {event: "listening", url}: {url, next, stop}. */
export async function started(command, words, { folder, env }) {
  const child = spawn(command, words, {
    cwd: folder, env: { PATH: "/nonexistent", HOME: folder, TMPDIR: folder, PORT: "0", ...env }, stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (bytes) => (errors += bytes));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended with ${await ended}: ${errors}`);
    return JSON.parse(value);
  };
  const stop = () => {
    child.kill("SIGKILL"); // the examples keep nothing
    return ended;
  };
  try {
    return { url: (await next()).url, next, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const secret = "8f742231b10e8888abcd99yyyzzz85a5";

export const settings = (folder) => ({ SCHEME: "slack", WEBHOOK_SECRET: secret, file: join(folder, "server.js") });

/** A delivery signed here, not by the package. */
export function delivery(body, { key = secret, time = Math.floor(Date.now() / 1000) } = {}) {
  const signature = createHmac("sha256", key).update(`v0:${time}:${body}`).digest("hex");
  const headers = { "content-type": "application/json", "x-slack-request-timestamp": `${time}`, "x-slack-signature": `v0=${signature}` };
  return { method: "POST", headers, body };
}
