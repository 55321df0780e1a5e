// A page without a build step: it imports the installed package where it lies, and works under a Content-Security-Policy
// that allows scripts of this origin and 'wasm-unsafe-eval'.
import { createVerifier, sign } from "./node_modules/@tenon/edge/browser.js";

const field = (id) => document.getElementById(id);
const say = (text) => (field("verdict").textContent = text);
const clock = () => (field("now").value === "" ? Date.now() : Number(field("now").value) * 1000);

function headerPairs() {
  const lines = field("headers").value.split("\n").filter((line) => line.includes(":"));
  return lines.map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]);
}

/** Shows what `work` answers, or why there is no answer. */
async function show(work) {
  try {
    say(await work({ scheme: field("scheme").value, secret: field("secret").value, now: clock }));
  } catch (error) {
    say(error.message);
  }
}

field("form").addEventListener("submit", (event) => {
  event.preventDefault();
  show(async (options) => {
    const verifier = await createVerifier(options);
    const verdict = await verifier.verify({ method: "POST", headers: headerPairs(), body: field("body").value });
    verifier.close();
    return verdict.valid ? `genuine${verdict.id ? `, event ${verdict.id}` : ""}` : `refused: ${verdict.reason}`;
  });
});

field("sign").addEventListener("click", () => show(async (options) => {
  const signed = await sign({ ...options, body: field("body").value });
  field("headers").value = signed.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return "signed";
}));
