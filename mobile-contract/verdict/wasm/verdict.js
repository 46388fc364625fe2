// The verdict in WebAssembly, for browsers and Node. The types are in verdict.d.ts.

/** What is refused, with its stable code and the path of the field. */
export class Refused extends Error {
  constructor({ code, field, message }) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.field = field;
  }
}

/** The library. Load it once and keep it. */
export class Library {
  #exports;

  constructor(instance) {
    this.#exports = instance.exports;
  }

  /** From the bytes of liangxin_verdict.wasm, or from what `fetch` of it gave. */
  static async load(source) {
    const given = await source;
    const isFetched = typeof Response !== "undefined" && given instanceof Response;
    const { instance } = isFetched
      ? await WebAssembly.instantiateStreaming(given)
      : await WebAssembly.instantiate(given);
    return new Library(instance);
  }

  /** The editions built in, with rule files of the operator as pairs of name and text. */
  rules(files = []) {
    const number = this.ask([null, "load", files]);
    return new Rules((...asked) => this.ask([number, ...asked]));
  }

  /** @private */
  ask(request) {
    const { memory, request: room, respond, response } = this.#exports;
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const at = room(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    const length = respond();
    // The memory may have grown, and then it is another buffer.
    const answer = new Uint8Array(memory.buffer, response(), length);
    const { ok, refused } = JSON.parse(new TextDecoder().decode(answer));
    if (refused) throw new Refused(refused);
    return ok;
  }
}

/** Dated editions of the law, ready to judge by. */
class Rules {
  #ask;

  constructor(ask) {
    this.#ask = ask;
  }

  /** Two sets with the same digest give the same verdicts. */
  digest() {
    return this.#ask("digest");
  }

  editions() {
    return this.#ask("editions");
  }

  /** The verdict as JSON text: keep it as it came. */
  judge(measurement) {
    return this.#ask("judge", typeof measurement === "string" ? measurement : JSON.stringify(measurement));
  }

  /** The explanation that a verdict carries, in "ZH" or "EN". */
  explain(verdict, language) {
    return this.#ask("explain", verdict, language);
  }

  /** Whether a stored verdict is what the rules give. */
  recompute(verdict) {
    return this.#ask("recompute", verdict);
  }
}
