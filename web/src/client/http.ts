/** One way to the server: cookies, CSRF, JSON, and the one error shape turned into one exception. */
import { language } from "../kit/words";
import { dropAnswer, keepAnswer, oldAnswer } from "../offline/answers";
import { holder } from "../offline/holder";
import { reached } from "../offline/network";
import { begin, taken } from "./ahead";
import { painted } from "./heard";
import { presence } from "./presence";
import type { Reasons } from "./types";

const ROOT = "/api/v1";

export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, unknown> = {},
    readonly body: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** The reasons to show beside fields, whatever else the answer holds. */
  get reasons(): Reasons {
    const pairs = Object.entries(this.fields).map(([name, reason]) => [name, reasonText(reason)]);
    return Object.fromEntries(pairs) as Reasons;
  }
}

function reasonText(reason: unknown): string {
  if (typeof reason === "string") return reason;
  return Array.isArray(reason) ? reason.map(reasonText).join("；") : "";
}

export interface Ask {
  body?: unknown;
  form?: FormData;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export function csrfToken(cookies: string = document.cookie): string {
  return /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? "";
}

export function address(path: string, query: Ask["query"] = {}): string {
  const known = Object.entries(query).filter(
    (pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== "",
  );
  const search = new URLSearchParams(known.map(([key, value]) => [key, String(value)])).toString();
  return ROOT + path + (search ? `?${search}` : "");
}

let lost: () => void = () => undefined;

/** What to do when the session has ended elsewhere. */
export function onSessionLost(then: () => void): void {
  lost = then;
}

/** Reading falls back on what was read before when the server cannot be reached; writing does not. */
export async function call<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  if (method !== "GET") return transmit<T>(method, path, ask);
  const [person, at] = [holder(), address(path, ask.query)];
  await painted();
  try {
    const answer = await transmit<T>(method, path, ask);
    void keepAnswer(person, at, answer);
    return answer;
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    if (cause.status === 403 || cause.status === 404) void dropAnswer(person, at);
    const old = cause.status === 0 ? await oldAnswer(at) : undefined;
    if (!old) throw cause;
    return old.answer as T;
  }
}

/** A question nobody has yet, but somebody will: see `taken`. */
export const askAhead = (path: string): void => {
  begin(address(path), sent("GET", path, {}));
};

const sent = (method: string, path: string, ask: Ask): Promise<Response> =>
  fetch(address(path, ask.query), {
    method,
    credentials: "same-origin",
    headers: headers(method, ask),
    body: ask.form ?? (ask.body === undefined ? null : JSON.stringify(ask.body)),
    signal: ask.signal ?? null,
  });

function refused(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
  throw unreachable();
}

async function transmit<T>(method: string, path: string, ask: Ask): Promise<T> {
  const ahead = method === "GET" ? await taken(address(path, ask.query)) : undefined;
  const response = ahead ?? (await sent(method, path, ask).catch(refused));
  if (GATEWAY.has(response.status)) throw unreachable();
  reached(true);
  if (!response.ok) throw await failure(response, path);
  if (response.status === 202) return accepted(await response.json()) as T;
  return withWayBack(response, response.status === 204 ? undefined : await response.json()) as T;
}

/** What can be undone is answered with the number of its changeset in a header. */
function withWayBack(response: Response, answer: unknown): unknown {
  const changeset = response.headers.get("Changeset");
  return changeset === null ? answer : { ...(answer as object | undefined), changeset: Number(changeset) };
}

/** What a proxy says for a server it cannot reach. */
const GATEWAY = new Set([502, 503, 504]);

function unreachable(): Failure {
  reached(false);
  return new Failure(0, "offline", "连不上服务器，请检查网络后再试一次");
}

/** A deed that waits for somebody's agreement is not done: whoever asked for it hears so. */
function accepted(body: unknown): unknown {
  const held = (body as { approval?: { asked: { label: string }[] } }).approval;
  if (!held) return body;
  const who = held.asked.map(({ label }) => label).join("、");
  throw new Failure(
    202,
    "held",
    who ? `已提交审批，等待${who}同意` : "已提交审批，请选择审批人",
    {},
    body as Record<string, unknown>,
  );
}

function headers(method: string, ask: Ask): Record<string, string> {
  return {
    Accept: "application/json",
    "Accept-Language": language,
    ...(ask.body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken() }),
    ...presence(),
    ...ask.headers,
  };
}

async function failure(response: Response, path: string): Promise<Failure> {
  if (response.status === 401 && path !== "/session") lost();
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const message = typeof body.message === "string" ? body.message : fallback(response.status);
  const code = typeof body.code === "string" ? body.code : "unknown";
  // A role of hers has begun to require it: the page that opens anew asks for nothing else.
  if (code === "second_step_required" || code === "password_change_required") location.reload();
  const fields = typeof body.fields === "object" && body.fields !== null ? body.fields : {};
  return new Failure(response.status, code, message, fields as Record<string, unknown>, body);
}

function fallback(status: number): string {
  if (status >= 500) return "服务器出了错，您的数据没有改动。请稍后再试，仍不行请联系管理员";
  if (status === 404) return "没有找到，可能已被删除，或您无权查看";
  return `请求没有成功（${status}）`;
}
