// JSON whose numbers keep their text: JSON.parse turns 12345678901234567891 and 1.0 into something else, and then a
// case would no longer ask what its author wrote. Canonical form as in docs/architecture.md: RFC 8785, and a number
// that no double holds becomes a text of its plain digits.

/** A number as it was written. */
export class Num {
    constructor(text) {
        this.text = text;
    }
    toJSON() {
        throw new Error('a Num is written by write(), not by JSON.stringify');
    }
}

class Reader {
    constructor(text) {
        this.text = text;
        this.at = 0;
    }

    fail(what) {
        throw new SyntaxError(`${what} at ${this.at} of ${this.text.slice(0, 80)}`);
    }

    space() {
        while (' \t\r\n'.includes(this.text[this.at]) && this.at < this.text.length) this.at += 1;
    }

    expect(character) {
        this.space();
        if (this.text[this.at] !== character) this.fail(`expected ${character}`);
        this.at += 1;
    }

    accept(character) {
        this.space();
        if (this.text[this.at] !== character) return false;
        this.at += 1;
        return true;
    }

    /** The token that a sticky pattern finds here. */
    token(pattern) {
        pattern.lastIndex = this.at;
        const found = pattern.exec(this.text);
        if (!found) this.fail('unexpected text');
        this.at = pattern.lastIndex;
        return found[0];
    }

    string() {
        this.space();
        return JSON.parse(this.token(/"(?:[^"\\]|\\.)*"/y));
    }

    value() {
        this.space();
        const first = this.text[this.at];
        if (first === '{') return this.object();
        if (first === '[') return this.array();
        if (first === '"') return this.string();
        if (first === '-' || (first >= '0' && first <= '9'))
            return new Num(this.token(/-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y));
        return JSON.parse(this.token(/true|false|null/y));
    }

    array() {
        const out = [];
        this.expect('[');
        if (this.accept(']')) return out;
        do out.push(this.value());
        while (this.accept(','));
        this.expect(']');
        return out;
    }

    object() {
        const out = new Map();  // a Map, because `__proto__` and `1` are names like any other
        this.expect('{');
        if (this.accept('}')) return out;
        do {
            const name = this.string();
            this.expect(':');
            out.set(name, this.value());
        } while (this.accept(','));
        this.expect('}');
        return out;
    }
}

/** Objects become Maps, numbers Nums, the rest what JSON.parse makes of it. */
export function parse(text) {
    const reader = new Reader(text);
    const value = reader.value();
    reader.space();
    if (reader.at !== text.length) reader.fail('text behind the document');
    return value;
}

/** One line of JSON that says the same: numbers as they were written. Plain objects and numbers are taken too. */
export function write(value) {
    if (value instanceof Num) return value.text;
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const members = value instanceof Map ? [...value] : Object.entries(value).filter(([, held]) => held !== undefined);
    return `{${members.map(([name, held]) => `${JSON.stringify(name)}:${write(held)}`).join(',')}}`;
}

/** [negative, digits without zeros at the ends, power of ten of the last digit]: equal exactly for equal numbers. */
function exactly(text) {
    const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
    const digits = (whole + fraction).replace(/^0+/, '');
    const short = digits.replace(/0+$/, '');
    if (short === '') return ['', '0', 0];
    return [sign, short, Number(exponent) - fraction.length + digits.length - short.length];
}

function plain([sign, digits, power]) {
    if (power >= 0) return sign + digits + '0'.repeat(power);
    const padded = digits.padStart(1 - power, '0');
    return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
}

function canonicalNumber(text) {
    const wanted = exactly(text);
    const nearest = String(Number(text) === 0 ? 0 : Number(text));
    return exactly(nearest).join() === wanted.join() ? nearest : JSON.stringify(plain(wanted));
}

export function canonical(value) {
    if (value instanceof Num) return canonicalNumber(value.text);
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (!(value instanceof Map)) return JSON.stringify(value);
    const names = [...value.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));  // by UTF-16 code units
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value.get(name))}`).join(',')}}`;
}

/** What JSON Pointer `pointer` finds, or undefined. */
export function resolve(value, pointer) {
    for (const part of pointer.split('/').slice(1)) {
        const token = part.replaceAll('~1', '/').replaceAll('~0', '~');
        value = value instanceof Map ? value.get(token) : Array.isArray(value) ? value[Number(token)] : undefined;
    }
    return value;
}
