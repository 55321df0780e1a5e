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

/** Frames up to this size are written into one buffer that is kept; larger ones get memory of their own and give it back. */
const keptBytes = 65536;

export class Core {
  #exports;
  #bytes; // a view of the whole memory, made anew when it has grown
  #kept;
  #broken = false;

  constructor(exports) {
    this.#exports = exports;
    this.#bytes = new Uint8Array(exports.memory.buffer);
    this.#kept = exports.tenon_alloc(keptBytes);
    if (this.#kept === 0) throw new Error("tenon: out of memory");
  }

  /** False after a trap: the memory can't be trusted any more, take another instance. */
  get isUsable() {
    return !this.#broken;
  }

  /** Sends one frame and answers the reply's bytes, which are a copy. */
  callBytes(operation, frame) {
    return this.#call(operation, frame.length, (bytes, at) => {
      bytes.set(frame, at);
      return frame.length;
    }).slice();
  }

  /** `write(bytes, at)` puts a frame of at most `most` bytes into the memory and answers its size. The reply is a view. */
  #call(operation, most, write) {
    if (this.#broken) throw new Error("tenon: this instance has trapped");
    let status;
    try {
      status = this.#send(operation, most, write);
    } catch (error) {
      this.#broken = true;
      throw error;
    }
    if (status !== 0) throw new Error(`tenon: this module has no operation ${operation}`);
    const x = this.#exports;
    const reply = x.tenon_reply();
    return this.#memory().subarray(reply, reply + x.tenon_reply_size());
  }

  #send(operation, most, write) {
    const x = this.#exports;
    const isKept = most <= keptBytes;
    const at = isKept ? this.#kept : x.tenon_alloc(most);
    if (at === 0) throw new Error("tenon: out of memory");
    const size = write(this.#memory(), at);
    const status = x.tenon_call(operation, at, size);
    this.#memory().fill(0, at, at + size); // a frame may hold a secret
    if (!isKept) x.tenon_free(at, most);
    return status;
  }

  #memory() {
    const { buffer } = this.#exports.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  /** The same for one JSON document. */
  callText(operation, text) {
    const frame = encoder.encode(text);
    return decoder.decode(this.callBytes(operation, frame));
  }

  /** One line of `NAME --batch`, bytes in and bytes out: no conversion of text lies between a file and the core. */
  answerLine(name, line) {
    return this.callBytes(lineOperations[name], line);
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

  /** A verify frame, written in place: length of the header, the header, the raw body. */
  verifyRequest(header, body) {
    const text = JSON.stringify(header);
    const most = text.length * 3; // the longest UTF-8 of as many UTF-16 units
    const reply = this.#call(op.verify, 4 + most + body.length, (bytes, at) => {
      const { written } = encoder.encodeInto(text, bytes.subarray(at + 4, at + 4 + most));
      for (let i = 0; i < 4; i++) bytes[at + i] = (written >>> (8 * i)) & 0xff;
      bytes.set(body, at + 4 + written);
      return 4 + written + body.length;
    });
    return JSON.parse(decoder.decode(reply));
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
