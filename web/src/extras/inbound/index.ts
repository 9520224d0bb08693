/** 来访: where a form can be filled in, and what a website needs to show it. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

export const formAddress: PanelSlot = {
  name: "form-address",
  when: ({ collection }) => collection === "web-forms",
  Panel: lazy(() => import("./FormAddress")),
};
