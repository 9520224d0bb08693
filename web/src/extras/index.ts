import type { Description } from "../client/types";
import { followUps } from "./followUps";
import type { AsideSlot } from "./slots";

const asides: AsideSlot[] = [followUps];

export const slotsFor = (object: Description): AsideSlot[] => asides.filter(({ when }) => when(object));
