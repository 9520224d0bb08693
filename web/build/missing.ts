/** What the English catalogue of the client lacks and what it holds in vain: `make words`. */
import { catalogue, said } from "./said.ts";

const known = catalogue();
const wanted = said();
for (const [sentence, file] of wanted)
  if (!(sentence in known)) process.stdout.write(`${JSON.stringify(sentence)}: "",  ${file}\n`);
for (const sentence of Object.keys(known))
  if (!wanted.has(sentence)) process.stdout.write(`unused: ${JSON.stringify(sentence)}\n`);
