// Checks the badge of a merchant with the published keys, which stand in the page: it asks nobody, so that it works
// without a line once the page is there. What it says is what `liangxin verify badge` says.
"use strict";

const APART_SECONDS = 300;

function bytes(part) {
  const text = atob(part.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}

function read(part) {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes(part)));
}

// What a signed line states; throws a word if it proves nothing.
async function opened(line, kind, keys) {
  let head, parts;
  try {
    parts = line.trim().split(".");
    head = read(parts[0]);
  } catch {
    throw "FORM";
  }
  if (parts.length !== 3 || head.alg !== "EdDSA") throw "FORM";
  if (head.typ !== kind) throw "KIND";
  const key = keys.keys.find((one) => one.kid === head.kid);
  if (!key) throw "KEY";
  let known;
  try {
    known = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x }, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    throw "BROWSER";
  }
  const signed = new TextEncoder().encode(parts[0] + "." + parts[1]);
  let fits = false;
  try {
    fits = await crypto.subtle.verify({ name: "Ed25519" }, known, bytes(parts[2]), signed);
  } catch {
    throw "FORM";
  }
  if (!fits) throw "SIGNATURE";
  const stated = read(parts[1]);
  const at = kind === "liangxin-badge+json" ? stated.d : stated.at;
  const until = key.until === null ? Infinity : Date.parse(key.until) / 1000;
  if (!(at >= Date.parse(key.from) / 1000 - APART_SECONDS && at <= until + APART_SECONDS)) throw "TIME";
  return stated;
}

// The badge, or the word for why it is no good. `code` is the code on the wall, `today` a day in China.
async function check(token, { keys, revoked, code, today }) {
  let badge, list;
  try {
    list = await opened(revoked, "liangxin-revoked+json", keys);
    badge = await opened(token, "liangxin-badge+json", keys);
  } catch (why) {
    return { word: typeof why === "string" ? why : "FORM" };
  }
  if (code && code !== badge.m) return { word: "OTHER", badge };
  const voided = list.revoked.find((one) => one.m === badge.m && badge.d < one.b);
  if (voided) return { word: "REVOKED_" + voided.w.toUpperCase(), badge, at: voided.b };
  if (today > badge.e) return { word: "STALE", badge };
  return { word: "GOOD", badge, listed: list.at };
}

function chineseDay(seconds) {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10);
}

async function show(form) {
  const field = (name) => form.elements[name].value.trim();
  const found = await check(field("token"), {
    keys: JSON.parse(form.dataset.keys),
    revoked: form.dataset.revoked,
    code: field("code").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1"),
    today: chineseDay(Date.now() / 1000),
  });
  for (const line of document.querySelectorAll("[data-word]")) {
    line.hidden = line.dataset.word !== found.word;
  }
  const told = document.getElementById("told");
  told.hidden = !found.badge;
  if (!found.badge) return;
  const { m, g, f, d, v, e } = found.badge;
  const says = { m, g, f: f || "none", d: chineseDay(d), v, e };
  for (const [name, value] of Object.entries(says)) {
    const place = told.querySelector(`[data-says="${name}"]`);
    const named = place.querySelector(`[data-named="${value}"]`);
    if (!named) place.textContent = value;
    for (const one of place.querySelectorAll("[data-named]")) one.hidden = one !== named;
  }
}

if (typeof document === "undefined") {
  module.exports = { check };
} else {
  const form = document.getElementById("verify");
  form.hidden = false;
  const sent = location.hash.slice(1);
  // A badge is a signed line with dots in it; the code of a visit has none, and waits for its own button.
  const isBadge = sent.includes(".");
  (isBadge ? form.elements.token : document.getElementById("passport")).value = sent;
  document.getElementById("visit").hidden = isBadge;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(form);
  });
  if (isBadge) show(form);
}
