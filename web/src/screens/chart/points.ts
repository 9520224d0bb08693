import type { Fields } from "../../client/types";

export interface Point {
  row: Fields;
  name: string;
  value: number;
  text: string;
}
