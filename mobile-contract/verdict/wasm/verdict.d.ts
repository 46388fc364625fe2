// The library for WebAssembly. Measurements and verdicts are typed by the schemas of the contract.

import type { Judgement, Measurement, Refused as Refusal } from "./measurements.d.ts";
export type * from "./measurements.d.ts";

/** What is refused, with its stable code and the path of the field. */
export class Refused extends Error implements Refusal {
  code: string;
  field: string | null;
}

/** An edition of an instrument of law; days as `2026-11-23`. */
export interface Edition {
  id: string;
  edition: string;
  title_zh: string;
  title_en: string;
  valid_from: string;
  valid_to: string | null;
  digest: string;
}

/** A place where two verdicts differ, with what is there as JSON. */
export interface Difference {
  at: string;
  stored: string;
  again: string;
}

export type Recomputed =
  | { kind: "EQUAL" }
  | { kind: "DIFFERS"; differences: Difference[] }
  | { kind: "OTHER_RULES"; ids: string[]; differences: Difference[] }
  | { kind: "REFUSED"; refusal: Refusal };

/** The JSON text of a verdict; `JSON.parse` gives a `Judgement`. */
export type VerdictText = string & { readonly verdict?: Judgement };

export interface Rules {
  digest(): string;
  editions(): Edition[];
  judge(measurement: Measurement | string): VerdictText;
  explain(verdict: string, language: "ZH" | "EN"): string;
  recompute(verdict: string): Recomputed;
}

export class Library {
  static load(source: BufferSource | Response | Promise<BufferSource | Response>): Promise<Library>;
  rules(files?: [name: string, text: string][]): Rules;
}
