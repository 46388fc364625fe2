// An inspector's day: four places visited without signal, written down on the phone, handed in at five o'clock.
// Runs against `liangxin serve --fixtures`; how it is built and started stands in the README of this folder.

import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { DocumentTypeDecoration as Document } from "@graphql-typed-document-node/core";
import { Upload } from "tus-js-client";

import codes from "../error-codes.json";
import * as app from "../inspector/generated/graphql";
import fuel from "../measurements/fuel-dispenser.example.json";
import type * as measured from "../measurements/measurements";
import lot from "../measurements/prepackaged-lot.example.json";
import scale from "../measurements/scale-test.example.json";
import spectacles from "../measurements/spectacles.example.json";
import * as office from "../officer/generated/graphql";

const [url = "", password = "", photos = ""] = process.argv.slice(2);

/** A counter that nobody sets, and which run of it this is. */
const [counter, bootId] = [() => performance.now().toFixed(), randomUUID()];

type Problem = { code: string; class: string; message: string };
type Visit = NonNullable<app.GetVisitQuery["visit"]>;
type Rule = app.RuleEditionsQuery["ruleEditions"]["editions"][number];
type Finding = { instrumentId?: string; measurement: object };
type Every = "id" | "visitId" | "occurred";

class Refused {
  constructor(readonly problem: Problem) {}
}

/** The phone of one person: it signs in, refreshes its session, and repeats what had no answer. */
class Phone {
  private session?: { accessToken: string; refreshToken: string };
  private zero = 0;
  private anchor?: app.AnchorInput;

  constructor(private readonly email: string) {}

  /** Days are days in China, by the server's clock and the counter: somebody may set the phone's own. */
  today = () => new Date(this.zero + Number(counter()) + 8 * 3_600_000).toISOString().slice(0, 10);
  /** When something happens, as the phone knows it. */
  now = () => ({ wall: new Date().toISOString(), monotonicMs: counter(), bootId, anchor: this.anchor });
  authorization = () => `Bearer ${this.session?.accessToken}`;

  async signIn() {
    const askedMonotonicMs = counter();
    const { serverTime } = await this.ask(app.ServerTimeDocument, {});
    this.anchor = { serverTime, askedMonotonicMs, monotonicMs: counter(), bootId };
    this.zero = Date.parse(serverTime) - Number(counter());
    const input = { email: this.email, password, deviceName: "day.ts" };
    this.session = (await this.ask(app.SignInDocument, { input })).signIn.session!;
  }

  async ask<R, V>(document: Document<R, V>, variables: V): Promise<R> {
    for (let wait = 100; ; wait = Math.min(2 * wait, 10_000)) {
      const answer = await this.once<R>(String(document), variables);
      if (!(answer instanceof Refused)) return answer;
      const todo = answer.problem.class;
      if (todo === "RETRY") await pause(wait);
      else if (todo === "SIGN_IN" && this.session && String(document) !== String(app.RefreshSessionDocument)) {
        const { refreshToken } = this.session;
        this.session = (await this.ask(app.RefreshSessionDocument, { refreshToken })).refreshSession.session!;
      } else throw answer;
    }
  }

  private async once<R>(query: string, variables: unknown): Promise<R | Refused> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.session) headers["Authorization"] = this.authorization();
    try {
      const body = JSON.stringify({ query, variables });
      const { data, errors } = await (await fetch(`${url}/graphql`, { method: "POST", headers, body })).json();
      if (errors) return new Refused({ class: classOf(errors[0]), ...errors[0], ...errors[0].extensions });
      const [payload] = Object.values<{ problems?: Problem[] } | null>(data);
      return payload?.problems?.[0] ? new Refused(payload.problems[0]) : data;
    } catch (error) {
      return new Refused({ code: "", class: "RETRY", message: String(error) });
    }
  }
}

/** An error may leave its class out: the list of codes has it. */
const classOf = (error: { extensions?: { code?: string } }) =>
  codes.find(({ code }) => code === error.extensions?.code)?.class ?? "PERMANENT";

/** The evening before, at the bureau: two inspectors are sent to a place of each kind. */
async function dispatch(venues: office.Venue[]) {
  const desk = new Phone("lin@tianxin.example");
  await desk.signIn();
  const { merchants } = await desk.ask(office.FindMerchantsDocument, { first: 100 });
  const { inspectors } = await desk.ask(office.ListInspectorsDocument, {});
  const team = ["XZ-430103-0117", "XZ-430103-0124"];
  const inspectorIds = inspectors.filter((one) => team.includes(one.certificateNo ?? "")).map(({ id }) => id);
  for (const venue of venues) {
    const merchantId = merchants.items.find((merchant) => merchant.venue === venue)!.id;
    const input = { id: randomUUID(), origin: { patrol: "Before the holidays" }, merchantId, inspectorIds };
    await desk.ask(office.DispatchInspectionDocument, { input });
  }
}

/** What was done on the way, in its order, each under an id of its own. A phone keeps both in its database. */
const outbox: (() => Promise<unknown>)[] = [];
const album: { id: string; visitId: string; bytes: Buffer; sha256: string }[] = [];

/** One visit, without signal: both arrive, look, measure, take photos; the merchant signs. */
function visit(phone: Phone, colleague: Phone, { id: visitId, merchant }: Visit, findings: Finding[]) {
  const write = <R, I>(by: Phone, document: Document<R, { input: I }>, what: Omit<I, Every>) => {
    const input = { id: randomUUID(), visitId, occurred: by.now(), ...what } as I;
    outbox.push(() => by.ask(document, { input }));
  };
  const photo = (kind: app.VisitPhotoKind, file: string) => {
    const [id, bytes] = [randomUUID(), readFileSync(`${photos}/${file}`)];
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    album.push({ id, visitId, bytes, sha256 });
    return { kind, photo: { id, sha256, sizeBytes: bytes.length, tellsPlace: false } };
  };
  const position = { latitude: 28.17052, longitude: 112.97383, accuracyM: 12 };
  for (const officer of [phone, colleague]) write(officer, app.CheckInDocument, { position, party: "TOLD" });
  for (const { id: instrumentId, verification: { validUntil: markValidUntil } } of merchant.instruments)
    write(phone, app.CheckInstrumentDocument, { instrumentId, markValidUntil, seal: "INTACT" });
  for (const { instrumentId, measurement } of findings)
    write(phone, app.SubmitMeasurementDocument, { instrumentId, measurement: JSON.stringify(measurement) });
  const [scene, stroke] = [photo("SCENE", "stall-by-inspector.jpg"), photo("SIGNATURE", "signature.png")];
  write(phone, app.DeclarePhotosDocument, { photos: [scene, stroke] });
  write(phone, app.SignRecordDocument, { signerName: merchant.name, signaturePhotoId: stroke.photo.id });
  write(phone, app.SubmitVisitDocument, {});
}

/** What the forms of the app say afterwards: the examples of the contract, measured today with the bureau's own. */
function look({ merchant }: Visit, day: string, own: (name: string) => measured.Standard, rules: Rule[]): Finding[] {
  const of = (kind: app.InstrumentKind) => merchant.instruments.find((instrument) => instrument.kind === kind)?.id;
  if (merchant.venue === "FILLING_STATION") {
    const measure = { ...(fuel as measured.FuelDispenser).measure, standard: own("20 L") };
    const measurement: measured.FuelDispenser = { ...(fuel as measured.FuelDispenser), tested_on: day, measure };
    return [{ instrumentId: of("FUEL_DISPENSER"), measurement }];
  }
  if (merchant.venue === "OPTICIAN") {
    const standard = own("focimeter");
    const pair: measured.Spectacles = { ...(spectacles as measured.Spectacles), inspected_on: day, standard };
    return [{ measurement: pair }];
  }
  if (merchant.venue === "SHOP") {
    const standard = { standard: own("check scale"), uncertainty: "0.5 g" };
    const sampled = { ...(lot as measured.PrepackagedLot), inspected_on: day, standard };
    return [{ measurement: { ...sampled, tester: { kind: "FIELD" } } satisfies measured.PrepackagedLot }];
  }
  const weights = { ...(scale as measured.ScaleTest).weights, standard: own("set of weights") };
  const test: measured.ScaleTest = { ...(scale as measured.ScaleTest), tested_on: day, stage: "IN_SERVICE", weights };
  const { id: template, edition, text } = rules.find((rule) => rule.text?.includes('venue = "STALL"'))!;
  const rows = [...text!.matchAll(/^id = "(STL-\d+)"/gm)].map(([, row = ""]) => row);
  const answers = rows.map((row) => ({ row, answer: "YES" as const }));
  const head = { family: "CHECKLIST", inspected_on: day, venue: "STALL", template, edition } as const;
  const checklist: measured.Checklist = { ...head, answers };
  return [{ instrumentId: of("PRICE_SCALE"), measurement: test }, { measurement: checklist }];
}
const send = (phone: Phone, id: string, bytes: Buffer) =>
  new Promise((onSuccess, onError) => {
    const headers = { Authorization: phone.authorization() };
    new Upload(bytes, { endpoint: `${url}/uploads`, headers, metadata: { id }, onError, onSuccess }).start();
  });

async function day() {
  await dispatch(["FILLING_STATION", "OPTICIAN", "SHOP", "STALL"]);
  // The morning: everything that the day needs.
  const [phone, colleague] = [new Phone("zhou@tianxin.example"), new Phone("tang@tianxin.example")];
  await Promise.all([phone.signIn(), colleague.signIn()]);
  const { referenceStandards } = await phone.ask(app.ReferenceStandardsDocument, {});
  const { ruleEditions } = await phone.ask(app.RuleEditionsDocument, {});
  const tasks: Visit[] = [];
  for (const { id, state } of (await phone.ask(app.MyVisitsDocument, { first: 40 })).myVisits.items) {
    if (state !== "SUBMITTED") tasks.push((await phone.ask(app.GetVisitDocument, { id })).visit!);
  }
  // The day, without signal.
  const own = (name: string) => {
    const { serial, certificate, validUntil } = referenceStandards.find((one) => one.name.includes(name))!;
    return { serial, certificate, valid_until: validUntil };
  };
  for (const task of tasks) visit(phone, colleague, task, look(task, phone.today(), own, ruleEditions.editions));
  // Five o'clock: what was written down, then the photos, then the question whether all of it is there.
  for (const write of outbox) await write();
  for (const { id, bytes } of album) await send(phone, id, bytes);
  for (const { id } of tasks) {
    const sent = album.filter(({ visitId }) => visitId === id).map(({ sha256 }) => sha256);
    const records = [{ kind: "VISIT" as const, id, photos: sent }];
    const [record] = (await phone.ask(app.ReconcileDocument, { input: { records } })).reconcile.records!;
    const held = record!.photos.filter(({ standing }) => standing === "HELD").length;
    const { merchant, state, measurements } = (await phone.ask(app.GetVisitDocument, { id })).visit!;
    const outcomes = measurements.map(({ verdict }) => verdict.outcome).join(" ");
    console.log(`${merchant.venue} ${state} ${outcomes} held=${held} receipt=${record!.holdingReceipt !== null}`);
  }
}

day().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
