/** How much room things take: dense for eyes and mouse, never so dense that a thumb misses. */
import { usePhone } from "../kit/useMedia";
import { usePreferences } from "./preferences";

const ROW = { comfortable: 38, compact: 30 };

export interface Density {
  compact: boolean;
  /** The height of a row in a list, in pixels; in styles it is var(--row). */ row: number;
}

export function useDensity(): Density {
  const phone = usePhone();
  const compact = usePreferences().density === "compact" && !phone;
  return { compact, row: compact ? ROW.compact : ROW.comfortable };
}
