/** A server that answers from a table and remembers what it was asked: only the network is made up, never our own code. */
import { vi } from "vitest";

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Record<string, string>;
}
/** What is answered, or a function of the call that says so. */
type Reply = object | null | ((call: Call) => unknown);

export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {}
}

export function serve(replies: Record<string, Reply>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const at = new URL(url, "http://planets.test");
    const path = at.pathname.replace("/api/v1", "");
    const call: Call = {
      method: init.method ?? "GET",
      path,
      query: at.searchParams,
      body: parsed(init.body),
      headers: init.headers as Record<string, string>,
    };
    calls.push(call);
    return Promise.resolve(respond(replies[`${call.method} ${path}`], call));
  });
  return calls;
}

const parsed = (body: unknown): unknown => (typeof body === "string" ? JSON.parse(body) : body);

function respond(reply: Reply | undefined, call: Call): Response {
  const answer: unknown = typeof reply === "function" ? (reply as (call: Call) => unknown)(call) : reply;
  if (answer === undefined) return Response.json({ code: "not_found", message: "没有找到", fields: {} }, { status: 404 });
  if (answer instanceof Refusal) return Response.json(answer.body, { status: answer.status });
  return answer === null ? new Response(null, { status: 204 }) : Response.json(answer);
}
