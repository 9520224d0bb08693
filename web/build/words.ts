/** Chinese is written plainly where it is used; this puts the look-up of the other language round it while the client is built. */
import MagicString from "magic-string";
import path from "node:path";
import type { Plugin } from "vite";
import { catalogue } from "./said.ts";
import { CHINESE, PARTS, read, SAY } from "./sentences.ts";

const SOURCES = /\/src\/(?!testing\/|kit\/words|words\/)[^?]*\.tsx?$/;

export function words(): Plugin {
  const known = catalogue();
  return {
    name: "zhike-words",
    enforce: "pre",
    transform(code, id) {
      if (!SOURCES.test(id) || /\.test\.tsx?$/.test(id) || !CHINESE.test(code)) return null;
      const { edits, uses } = read(id, code, (key) => key in known);
      if (edits.length === 0) return null;
      const changed = new MagicString(code);
      for (const { from, to, by } of edits) {
        if (from === to) changed.appendLeft(from, by);
        else if (by) changed.update(from, to, by);
        else changed.remove(from, to);
      }
      const taken = [...uses].map((name) => `${name} as ${name === "say" ? SAY : PARTS}`).join(", ");
      changed.prepend(`import { ${taken} } from ${JSON.stringify(kit(id))};`);
      return { code: changed.toString(), map: changed.generateMap({ hires: "boundary" }) };
    },
  };
}

/** The way from a source file to the look-up. */
function kit(id: string): string {
  const root = id.slice(0, id.lastIndexOf("/src/") + 4);
  const way = path.posix.relative(path.posix.dirname(id), `${root}/kit/words`);
  return way.startsWith(".") ? way : `./${way}`;
}
