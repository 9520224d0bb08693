import type { Card, Description } from "../../client/types";

export interface CardProps {
  card: Card;
  object: Description;
}
