/** What was found, with the words that were looked for standing out. */
import type { ReactNode } from "react";
import type { Hit } from "../client/search";

/** Positions count characters, of which some take two places in a JavaScript string. */
export function marked(text: string, spans: [number, number][]): ReactNode {
  const characters = Array.from(text);
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    if (from < at) continue;
    parts.push(characters.slice(at, from).join(""), <mark key={from}>{characters.slice(from, to).join("")}</mark>);
    at = to;
  }
  return [...parts, characters.slice(at).join("")];
}

export function HitWords({ hit }: { hit: Hit }) {
  const name = hit.matched.find(({ text }) => text === hit.title);
  const others = hit.matched.filter((match) => match !== name).slice(0, 2);
  return (
    <span className="hit">
      <strong>{name ? marked(hit.title, name.spans) : hit.title}</strong>
      {others.map((match) => (
        <span key={match.field} className="hit-other">
          <small>{match.label}</small> {marked(match.text, match.spans)}
        </span>
      ))}
      <small className="muted">{hit.subtitle}</small>
    </span>
  );
}
