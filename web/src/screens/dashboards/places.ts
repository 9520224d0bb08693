/** Where cards stand on the grid of twelve columns. */
import type { Picture, Place } from "../../client/reports";
import type { PageCard } from "../../client/meta";

export const ACROSS = 12;
const SIZES: Partial<Record<Picture, { w: number; h: number }>> = {
  number: { w: 3, h: 2 },
  gauge: { w: 3, h: 4 },
  map: { w: 6, h: 7 },
  pivot: { w: 12, h: 6 },
};

export const sizeOf = (picture: Picture | undefined): { w: number; h: number } => SIZES[picture ?? "table"] ?? { w: 6, h: 5 };

/** Each declared card stands in the first gap from the top that takes it, and grows into what stays empty beside and below it: a page without holes. */
export function placed(dashboard: string, cards: PageCard[]): Place[] {
  const standing: Place[] = [];
  for (const card of cards) {
    const { h, w } = {
      h: card.height || sizeOf(card.definition?.picture).h,
      w: Math.min(ACROSS, Math.max(1, Math.round((card.width ?? ACROSS) / 2))),
    };
    standing.push({ id: card.name, builtin: `${dashboard}/${card.name}`, ...gapFor(w, h, standing), w, h });
  }
  const wide = standing.map((place) => widened(place, standing));
  return wide.map((place) => deepened(place, wide));
}

const meet = (one: Box, other: Box) =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
type Box = Pick<Place, "x" | "y" | "w" | "h">;

function gapFor(w: number, h: number, standing: Place[]): { x: number; y: number } {
  for (let y = 0; ; y += 1) {
    for (let x = 0; x + w <= ACROSS; x += 1) if (!standing.some((place) => meet({ x, y, w, h }, place))) return { x, y };
  }
}

const LOW = 2;

/** A figure stays as low as it is. */
function deepened(place: Place, standing: Place[]): Place {
  if (place.h <= LOW) return place;
  const end = Math.max(...standing.map(({ y, h }) => y + h));
  const taken = standing.filter((other) => other !== place && meet({ ...place, h: end - place.y }, other)).map(({ y }) => y);
  return { ...place, h: Math.min(end, ...taken) - place.y };
}

function widened(place: Place, standing: Place[]): Place {
  const taken = standing.filter((other) => other !== place && meet({ ...place, w: ACROSS - place.x }, other)).map(({ x }) => x);
  return { ...place, w: Math.min(ACROSS, ...taken) - place.x };
}

const STEPS: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LEAST = 2,
  MOST_DOWN = 20;
const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value));

/** Where all stand after a key was pressed on one of them: moved by a column, past its neighbour above or below, or made larger; null for other keys. */
export function nudged(places: Place[], at: Place, key: string, sizing: boolean): Place[] | null {
  const [across, down] = STEPS[key] ?? [0, 0];
  if (!across && !down) return null;
  const put = (...changed: Place[]) => places.map((place) => changed.find(({ id }) => id === place.id) ?? place);
  if (sizing) return put({ ...at, w: between(LEAST, at.w + across, ACROSS - at.x), h: between(LEAST, at.h + down, MOST_DOWN) });
  if (across) return put({ ...at, x: between(0, at.x + across, ACROSS - at.w) });
  const beside = places
    .filter(({ x, w, y }) => x < at.x + at.w && at.x < x + w && Math.sign(y - at.y) === down)
    .toSorted((one, other) => down * (one.y - other.y));
  const [neighbour] = beside;
  if (!neighbour) return places;
  const [upper, lower] = down > 0 ? [neighbour, at] : [at, neighbour];
  const top = Math.min(upper.y, lower.y);
  return put({ ...upper, y: top }, { ...lower, y: top + upper.h });
}
