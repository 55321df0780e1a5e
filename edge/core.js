// The C ABI of the core from JavaScript: one function that takes an operation and a frame of bytes. The same file in
// every runtime and for both builds; it needs nothing but WebAssembly, TextEncoder and TextDecoder.

export const op = Object.freeze({
  verify: 1,
  openVerifier: 2,
  closeVerifier: 3,
  sign: 4,
  verifyLine: 5,
  openSchemes: 6,
  previewLine: 16,
  checkConfig: 17,
  validateLine: 18,
  renderLine: 19,
  openCatalogue: 20,
});

const lineOperations = { verify: op.verifyLine, preview: op.previewLine, validate: op.validateLine, render: op.renderLine };
const abiVersion = 1;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * What a module asks its host for: nothing in the WASI build. The Emscripten build tells when its memory has grown, which
 * changes nothing here, because views are made anew after every call; anything else means that the core gave up.
 */
function hostFunctions(module) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") throw new Error(`tenon: the module imports a ${kind}`);
    imports[from] ??= {};
    imports[from][name] = () => {
      if (name !== "emscripten_notify_memory_growth") throw new Error(`tenon: the core called ${from}.${name}`);
    };
  }
  return imports;
}

export class Core {
  #exports;
  #broken = false;

  constructor(exports) {
    this.#exports = exports;
  }

  /** False after a trap: the memory can't be trusted any more, take another instance. */
  get isUsable() {
    return !this.#broken;
  }

  /** Sends the chunks as one frame and answers the reply's bytes, which are a copy. */
  callBytes(operation, chunks) {
    if (this.#broken) throw new Error("tenon: this instance has trapped");
    let size = 0;
    for (const chunk of chunks) size += chunk.length;
    const x = this.#exports;
    let status;
    try {
      status = this.#send(operation, chunks, size);
    } catch (error) {
      this.#broken = true;
      throw error;
    }
    if (status !== 0) throw new Error(`tenon: this module has no operation ${operation}`);
    const reply = x.tenon_reply(); // the memory may have grown: views are made after the call
    return new Uint8Array(x.memory.buffer).slice(reply, reply + x.tenon_reply_size());
  }

  #send(operation, chunks, size) {
    const x = this.#exports;
    const at = x.tenon_alloc(size);
    if (at === 0) throw new Error("tenon: out of memory");
    let end = at;
    for (const chunk of chunks) {
      new Uint8Array(x.memory.buffer).set(chunk, end);
      end += chunk.length;
    }
    const status = x.tenon_call(operation, at, size);
    x.tenon_free(at, size);
    return status;
  }

  /** The same for one JSON document. */
  callText(operation, text) {
    return decoder.decode(this.callBytes(operation, [encoder.encode(text)]));
  }

  /** One line of `NAME --batch`, bytes in and bytes out: no conversion of text lies between a file and the core. */
  answerLine(name, line) {
    return this.callBytes(lineOperations[name], [line]);
  }
  /** One line of `verify --batch`; schemes are those of openSchemes(). */
  verify(line) {
    return this.callText(op.verifyLine, line);
  }
  /** One line of `preview --batch`. */
  preview(line) {
    return this.callText(op.previewLine, line);
  }
  /** One line of `validate --batch`. */
  validate(line) {
    return this.callText(op.validateLine, line);
  }
  /** One line of `render --batch`. */
  render(line) {
    return this.callText(op.renderLine, line);
  }
  /** `{"config"}` or `{"config_text"}`; answers `{"errors":[…]}`. */
  checkConfig(line) {
    return this.callText(op.checkConfig, line);
  }
  /** Scheme documents by id, for verify(). */
  openSchemes(schemes) {
    expectDone(this.callText(op.openSchemes, JSON.stringify({ schemes })));
  }
  /** Provider documents; preview lines without `action` then find their template. */
  openCatalogue(providers) {
    expectDone(this.callText(op.openCatalogue, JSON.stringify({ providers })));
  }

  /** A verify frame: length of the header, the header, the raw body. */
  verifyRequest(header, body) {
    const head = encoder.encode(JSON.stringify(header));
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, head.length, true);
    return JSON.parse(decoder.decode(this.callBytes(op.verify, [size, head, body])));
  }
}

function expectDone(reply) {
  const { error } = JSON.parse(reply);
  if (error) throw new Error(`tenon: ${error.code} ${error.pointer ?? ""}`.trimEnd());
}

/** `source`: the module's bytes, or a WebAssembly.Module where compiling at run time is forbidden. */
export async function instantiate(source) {
  const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
  const { exports } = await WebAssembly.instantiate(module, hostFunctions(module));
  exports._initialize?.();
  if (exports.tenon_abi_version() !== abiVersion) throw new Error("tenon: the module has another ABI version");
  return new Core(exports);
}
