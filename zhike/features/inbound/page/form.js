/* A public form: shows what it is told to ask, does the task that keeps machines away, and sends the answers. */
"use strict";

const key = location.pathname.split("/").pop();
const place = `/api/v1/forms/${key}`;
const form = document.querySelector("form");
const button = form.querySelector("button");
const problem = form.querySelector(".problem");
const WAIT = 3200;
let task = null;

/* SHA-256 by hand: a page without https has no other, and asking for it thousands of times would be slower. */
const K = new Uint32Array(64);
const H = new Uint32Array(8);
for (let n = 2, found = 0; found < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (!prime) continue;
  if (found < 8) H[found] = (Math.sqrt(n) % 1) * 2 ** 32;
  K[found++] = (Math.cbrt(n) % 1) * 2 ** 32;
}
const turn = (x, n) => (x >>> n) | (x << (32 - n));
const w = new Uint32Array(64);

function firstWord(text) {
  const length = text.length;
  const blocks = ((length + 8) >> 6) + 1;
  const data = new Uint32Array(blocks * 16);
  for (let i = 0; i < length; i++) data[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  data[length >> 2] |= 0x80 << (24 - (length & 3) * 8);
  data[data.length - 1] = length * 8;
  const state = Uint32Array.from(H);
  for (let at = 0; at < data.length; at += 16) mix(state, data, at);
  return state[0];
}

function mix(state, data, at) {
  for (let i = 0; i < 64; i++) {
    if (i < 16) { w[i] = data[at + i]; continue; }
    const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
}

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function solve(token, bits) {
  for (let n = 0; ; n++) {
    if (Math.clz32(firstWord(`${token}:${n}`)) >= bits) return String(n);
    if (n % 2000 === 1999) await pause(0);
  }
}

async function ask(method, body) {
  const answer = await fetch(place, { method, cache: "no-store", ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }) });
  const said = await answer.json();
  if (!answer.ok) throw said;
  return said;
}

function begin({ token, bits }) {
  const opened = Date.now();
  task = { token, answer: solve(token, bits), ready: pause(WAIT).then(() => Date.now() - opened) };
}

function question({ name, label, kind, required, max_length, options }) {
  const row = document.createElement("div");
  const title = document.createElement("label");
  const input = document.createElement(options ? "select" : kind === "longtext" ? "textarea" : "input");
  const wrong = document.createElement("p");
  row.className = "question";
  title.textContent = label;
  title.htmlFor = input.id = `q-${name}`;
  title.className = required ? "must" : "";
  input.name = name;
  if (options) [{ value: "", label: "请选择" }, ...options].forEach((one) => input.append(new Option(one.label, one.value)));
  else input.maxLength = max_length;
  if (kind === "phone") { input.type = "tel"; input.autocomplete = "tel"; }
  if (kind === "email") { input.type = "email"; input.autocomplete = "email"; }
  input.required = required;
  wrong.className = "wrong";
  wrong.id = `w-${name}`;
  input.setAttribute("aria-describedby", wrong.id);
  row.append(title, input, wrong);
  return row;
}

function tell(fields) {
  let first = null;
  for (const input of form.querySelectorAll(".question :is(input, select, textarea)")) {
    const reason = fields[input.name] || "";
    document.getElementById(`w-${input.name}`).textContent = reason;
    input.setAttribute("aria-invalid", String(reason !== ""));
    if (reason && !first) first = input;
  }
  if (first) first.focus();
  return first !== null;
}

async function send(event) {
  event.preventDefault();
  const filled = new FormData(form);
  const website = filled.get("website");
  filled.delete("website");
  button.disabled = true;
  problem.textContent = "";
  try {
    await task.ready;
    const { thanks } = await ask("POST", { values: Object.fromEntries(filled), website, token: task.token, answer: await task.answer });
    form.hidden = true;
    document.querySelector(".intro").textContent = "";
    document.querySelector(".thanks").textContent = thanks;
  } catch (said) {
    if (!tell(said.fields || {})) problem.textContent = said.message || "没有送达，请稍后再试";
    begin(await ask("GET").catch(() => ({ token: "", bits: 0 })));
    button.disabled = false;
  }
}

ask("GET").then((said) => {
  document.title = said.heading;
  document.querySelector("h1").textContent = said.heading;
  document.querySelector(".intro").textContent = said.intro;
  form.querySelector(".questions").append(...said.questions.map(question));
  form.addEventListener("submit", send);
  begin(said);
  button.disabled = false;
}).catch((said) => { problem.textContent = said.message || "表单打不开，请稍后再试"; });
