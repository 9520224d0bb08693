/** The service worker: the shell of the client opens without a network. Data is none of its business: that is kept by person, in answers.ts. */

interface Lasting extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}
interface Asked extends Lasting {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
interface Caretaker {
  /** Written before this script by the build: every file the shell may need. */
  shell: string[];
  addEventListener: ((type: "install" | "activate", then: (event: Lasting) => void) => void) &
    ((type: "fetch", then: (event: Asked) => void) => void);
  clients: { claim: () => Promise<void> };
}

const worker = self as unknown as Caretaker;
const CACHE = "zhike-shell";
const PATIENCE = 4000;
const GATEWAY = new Set([502, 503, 504]);

worker.addEventListener("install", (event) => event.waitUntil(gather()));
worker.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => worker.clients.claim())));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (
    request.method !== "GET" ||
    origin !== location.origin ||
    ["/api/", "/forms/"].some((place) => pathname.startsWith(place)) ||
    pathname === "/healthz"
  )
    return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith("/assets/") || worker.shell.includes(pathname)) event.respondWith(file(request));
});

async function gather(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(worker.shell);
}

/** What no build names any more goes; the files of open tabs were theirs until this worker took over. */
async function tidy(): Promise<void> {
  const cache = await caches.open(CACHE);
  const known = new Set(worker.shell);
  for (const request of await cache.keys()) if (!known.has(new URL(request.url).pathname)) await cache.delete(request);
}

/** The newest page as long as the server answers soon, else the page of this build with the files of this build. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match("/", { cacheName: CACHE });
  const asked = fetch(request);
  if (!kept) return asked;
  const slow = new Promise<Response>((done) => setTimeout(() => done(kept), PATIENCE));
  const fresh = asked.then((answer) => (GATEWAY.has(answer.status) ? kept : answer)).catch(() => kept);
  return (await Promise.race([fresh, slow])).clone();
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

export {};
