/** Where cards stand on the grid of twelve columns. */
import type { Picture, Place } from "../../client/reports";
import type { PageCard } from "../../client/types";

export const ACROSS = 12;
const SIZES: Partial<Record<Picture, { w: number; h: number }>> = { number: { w: 3, h: 2 }, gauge: { w: 3, h: 4 }, map: { w: 6, h: 7 }, pivot: { w: 12, h: 6 } };

export const sizeOf = (picture: Picture | undefined): { w: number; h: number } => SIZES[picture ?? "table"] ?? { w: 6, h: 5 };

/** Declared cards flow from left to right, line by line. */
export function placed(dashboard: string, cards: PageCard[]): Place[] {
  let [x, y, tallest] = [0, 0, 0];
  return cards.map((card) => {
    const { h, w } = { h: card.height || sizeOf(card.definition?.picture).h, w: Math.max(1, Math.round((card.width ?? 12) / 2)) };
    if (x + w > ACROSS) { x = 0; y += tallest; tallest = 0; }
    const place = { id: card.name, builtin: `${dashboard}/${card.name}`, x, y, w, h };
    x += w;
    tallest = Math.max(tallest, h);
    return place;
  });
}
