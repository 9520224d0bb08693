/** 搜索: what was found, by object, and where the words stand in it. */
import type { Id } from "./types";

export interface Match {
  field: string;
  label: string;
  text: string;
  spans: [number, number][];
}
export interface Hit {
  id: Id;
  title: string;
  subtitle: string;
  matched: Match[];
}
export interface HitGroup {
  collection: string;
  label: string;
  rows: Hit[];
}
