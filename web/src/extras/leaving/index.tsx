/** 人员: whoever leaves is seen off from her own page. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const leaves = (actions: { name: string }[]) => actions.some(({ name }) => name === "leave");

export const leaving: PanelSlot = {
  name: "leaving",
  when: ({ collection, actions }) => collection === "people" && leaves(actions),
  Panel: lazy(() => import("./Leaving")),
};
