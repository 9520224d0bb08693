/** Every sentence of the client and a file that says it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { read } from "./sentences.ts";

const SOURCES = path.join(import.meta.dirname, "../src");
const NOT_SAID = /\.test\.|^testing\/|^kit\/words|^words\//;

export function catalogue(): Record<string, string> {
  return JSON.parse(readFileSync(path.join(SOURCES, "words/en.json"), "utf8")) as Record<string, string>;
}

export function said(): Map<string, string> {
  const known = catalogue();
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !NOT_SAID.test(name),
  );
  return new Map(
    files
      .toSorted()
      .flatMap((name) =>
        read(name, readFileSync(path.join(SOURCES, name), "utf8"), (key) => key in known).sentences.map(
          (sentence) => [sentence, name] as const,
        ),
      ),
  );
}
