/** Tells the service worker which files the shell is made of, and puts it where it may watch over every address. */
import { readdirSync } from "node:fs";
import type { Plugin } from "vite";

/** Charts and maps are fetched when somebody looks at them; the frame is what everything stands in. */
const HEAVY = 300_000;
const FRAME = "frame";

export const shell = (): Plugin => ({
  name: "zhike-shell",
  apply: "build",
  generateBundle: {
    // Only now it is known which scripts turned out empty and are not written: one file missing, and nothing would be kept.
    order: "post",
    handler(_, bundle) {
      const worker = bundle["worker.js"];
      if (worker?.type !== "chunk") throw new Error("no worker.js");
      const built = Object.values(bundle).filter((part) => part !== worker && /\.(js|css)$/.test(part.fileName));
      const light = built.filter((part) => part.type === "asset" || part.name === FRAME || part.code.length < HEAVY);
      if (!light.some((part) => part.type === "chunk" && part.name === FRAME)) throw new Error(`no chunk named ${FRAME}`);
      const given = readdirSync(new URL("../public", import.meta.url)).map((name) => `/${name}`);
      worker.code = `self.shell=${JSON.stringify(["/", ...given, ...light.map(({ fileName }) => `/${fileName}`)])};${worker.code}`;
    },
  },
});
