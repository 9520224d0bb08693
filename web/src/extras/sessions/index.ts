/** 人员: an administrator sees where somebody is signed in, and ends it. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const ends = (actions: { name: string }[]) => actions.some(({ name }) => name === "end_sessions");

export const signedIn: PanelSlot = {
  name: "sessions",
  when: ({ collection, actions }) => collection === "people" && ends(actions),
  Panel: lazy(() => import("./SignedIn")),
};
