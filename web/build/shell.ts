/** Tells the service worker which files the shell is made of, and puts it where it may watch over every address. */
import { readdirSync } from "node:fs";
import type { Plugin } from "vite";

/** Charts and maps are fetched when somebody looks at them. */
const HEAVY = 300_000;

export const shell = (): Plugin => ({
  name: "zhike-shell",
  apply: "build",
  generateBundle(_, bundle) {
    const worker = bundle["worker.js"];
    if (worker?.type !== "chunk") throw new Error("no worker.js");
    const built = Object.values(bundle).filter((part) => part !== worker && /\.(js|css)$/.test(part.fileName));
    const light = built.filter((part) => (part.type === "chunk" ? part.code.length : part.source.length) < HEAVY || (part.type === "chunk" && part.isEntry));
    const given = readdirSync(new URL("../public", import.meta.url)).map((name) => `/${name}`);
    worker.code = `self.shell=${JSON.stringify(["/", ...given, ...light.map(({ fileName }) => `/${fileName}`)])};${worker.code}`;
  },
});
