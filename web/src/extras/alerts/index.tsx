/** 预警: a rule is put together and tried on the past below its record; an alert leads to what it is about. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const RULES = "alert-rules";
const ALERTS = "alerts";

export const alertDesigner: PanelSlot = {
  name: RULES,
  when: ({ collection }) => collection === RULES,
  Panel: lazy(() => import("./Designer")),
};
export const alertSubject: PanelSlot = {
  name: ALERTS,
  when: ({ collection }) => collection === ALERTS,
  Panel: lazy(() => import("./Subject")),
};
