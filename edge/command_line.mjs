// verify, preview, validate and render as the native program has them, on one WebAssembly module. Used by both builds:
// cli.mjs gives the WASI module, web/wasm/cli.mjs the Emscripten one. The answers are the core's, byte for byte; here
// is only the reading of files and flags.
import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";

const exit = { done: 0, no: 1, badInput: 2, environment: 3 };

class UsageError extends Error {}

const commands = {
  verify: {
    flags: ["batch", "scheme", "secret*", "secret-file*", "secret-env*", "config", "keys", "method", "url", "headers", "body", "now"],
    line: verifyLine,
    answer: (core, line) => core.verify(line),
    yes: "valid",
  },
  preview: {
    flags: ["batch", "integration", "submission", "schema"],
    line: previewLine,
    answer: (core, line) => core.preview(line),
    yes: "ok",
  },
  validate: {
    flags: ["batch", "schema", "data"],
    line: (options) => `{"data":${required(options, "data")},"schema":${required(options, "schema")}}`,
    answer: (core, line) => core.validate(line),
    yes: "valid",
  },
  render: {
    flags: ["batch", "template", "data", "escape"],
    line: (options) =>
      `{"data":${required(options, "data")},"escape":${JSON.stringify(options.escape ?? "none")},` +
      `"template":${JSON.stringify(readText(options.template, "template"))}}`,
    answer: (core, line) => core.render(line),
  },
};

const help = `usage: verify   --batch FILE | --scheme ID --secret TEXT… [--config FILE] [--keys FILE] [--method M] [--url URL]
                [--headers FILE] [--body FILE] [--now UNIX]
       preview  --batch FILE | --integration FILE --submission FILE [--schema FILE]
       validate --batch FILE | --schema FILE --data FILE
       render   --batch FILE | --template FILE --data FILE [--escape none|html|slack|json]
FILE may be - for standard input. A secret may come from --secret-file or --secret-env. Exit: 0 done, 1 the answer is
no, 2 usage or bad input, 3 the environment failed.
`;

function parseFlags(words, allowed) {
  const options = {};
  for (let i = 0; i < words.length; i++) {
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(words[i]);
    const name = match?.[1];
    const isList = allowed.includes(`${name}*`);
    if (!match || (!isList && !allowed.includes(name))) throw new UsageError(`unknown argument ${words[i]}`);
    const value = match[2] ?? words[++i];
    if (value === undefined) throw new UsageError(`--${name} needs a value`);
    if (isList) (options[name] ??= []).push(value);
    else options[name] = value;
  }
  return options;
}

function readBytes(path) {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    throw new UsageError(`${path}: ${error.code ?? error.message}`);
  }
}

function readText(path, flag) {
  if (path === undefined) throw new UsageError(`--${flag} is missing`);
  return readBytes(path).toString("utf8");
}

/** A file that holds JSON, spliced into the line as it is: the core reads it, with its own rules. */
function required(options, flag) {
  return readText(options[flag], flag);
}

function optional(options, flag, name = flag) {
  return options[flag] === undefined ? "" : `,${JSON.stringify(name)}:${readText(options[flag], flag)}`;
}

function secretsOf(options) {
  const secrets = [...(options.secret ?? [])];
  for (const path of options["secret-file"] ?? []) secrets.push(readText(path, "secret-file").replace(/\r?\n$/, ""));
  for (const name of options["secret-env"] ?? []) secrets.push(process.env[name] ?? "");
  return secrets;
}

function verifyLine(options) {
  if (options.scheme === undefined) throw new UsageError("verify needs --scheme, or --batch");
  const now = options.now === undefined ? Math.floor(Date.now() / 1000) : Number(options.now);
  if (!Number.isFinite(now)) throw new UsageError("--now is not a number");
  const line = {
    scheme: options.scheme,
    secrets: secretsOf(options),
    method: options.method ?? "POST",
    url: options.url ?? "",
    body_base64: options.body === undefined ? "" : readBytes(options.body).toString("base64"),
    now_unix: now,
  };
  const documents = ["config", "keys", "headers"].map((flag) => optional(options, flag)).join("");
  return `${JSON.stringify(line).slice(0, -1)}${documents}}`;
}

/** The config of a stored integration; a config itself as it is. */
function configText(text) {
  try {
    const document = JSON.parse(text);
    if (document.field_mappings === undefined && document.config !== undefined) return JSON.stringify(document.config);
  } catch {
    // the core says what is wrong with it
  }
  return text;
}

function previewLine(options) {
  const config = configText(required(options, "integration"));
  const submission = readBytes(options.submission ?? usage("--submission is missing")).toString("base64");
  const texts = `"config_base64":"${Buffer.from(config).toString("base64")}","submission_base64":"${submission}"`;
  return `{${texts}${optional(options, "schema")}}`;
}

function usage(text) {
  throw new UsageError(text);
}

/** The lines of a file, one at a time: a batch may be larger than memory. */
function* linesOf(path) {
  const file = path === "-" ? 0 : openSync(path, "r");
  const block = Buffer.alloc(1 << 16);
  let rest = Buffer.alloc(0);
  for (;;) {
    const size = read(file, block);
    if (size === 0) break;
    let start = 0;
    for (let end = block.indexOf(10); end >= 0 && end < size; end = block.indexOf(10, start)) {
      yield Buffer.concat([rest, block.subarray(start, end)]);
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    rest = Buffer.concat([rest, block.subarray(start, size)]);
  }
  if (rest.length > 0) yield rest;
  if (file !== 0) closeSync(file);
}

function read(file, block) {
  for (;;) {
    try {
      return readSync(file, block, 0, block.length, null);
    } catch (error) {
      if (error.code === "EOF") return 0; // a closed pipe on some systems
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function print(bytes) {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function runBatch(path, answer) {
  const endOfLine = Buffer.from("\n");
  for (let line of linesOf(path)) {
    if (line.at(-1) === 13) line = line.subarray(0, -1);
    if (line.length > 0) print(Buffer.concat([answer(line), endOfLine]));
  }
  return exit.done;
}

function runOne(command, core, options) {
  const text = command.answer(core, command.line(options));
  const document = JSON.parse(text);
  if (command.yes === undefined && document.text !== undefined) {
    print(Buffer.from(document.text));
    return exit.done;
  }
  print(Buffer.from(`${text}\n`));
  if (document[command.yes] === undefined) return exit.badInput;
  return document[command.yes] ? exit.done : exit.no;
}

/**
 * `words`: the arguments. `tools`: {loadCore: () => Promise<Core>, documents: (name) => parsed JSON beside the module}.
 * Answers the exit code.
 */
export async function run(words, tools) {
  const name = words[0];
  if (name === undefined || name === "--help" || words.includes("--help")) {
    print(Buffer.from(help));
    return name === undefined ? exit.badInput : exit.done;
  }
  try {
    if (!Object.hasOwn(commands, name)) throw new UsageError(`unknown command ${name}`);
    const command = commands[name];
    const options = parseFlags(words.slice(1), command.flags);
    const core = await tools.loadCore();
    if (name === "verify") core.openSchemes(tools.documents("schemes"));
    if (name === "preview") core.openCatalogue(tools.documents("catalogue"));
    if (options.batch === undefined) return runOne(command, core, options);
    return runBatch(options.batch, (line) => core.answerLine(name, line));
  } catch (error) {
    if (error.code === "EPIPE") return exit.done; // the reader has seen enough
    process.stderr.write(`tenon: ${error.message}\n`);
    return error instanceof UsageError || error.code === "ENOENT" ? exit.badInput : exit.environment;
  }
}
