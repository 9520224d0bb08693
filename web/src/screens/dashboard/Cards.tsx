import type { Card } from "../../client/meta";
import type { Description } from "../../client/types";

export interface CardProps {
  card: Card;
  object: Description;
}
