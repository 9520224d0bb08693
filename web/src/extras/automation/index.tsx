/** 自动化: when – if – do, drawn and edited below what the record says, and tried before it is switched on. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const RULES = "automations";

export const automationDesigner: PanelSlot = {
  name: RULES,
  when: ({ collection }) => collection === RULES,
  Panel: lazy(() => import("./Designer")),
};
