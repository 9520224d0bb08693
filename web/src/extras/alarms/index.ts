/** 异常告警: beneath an alarm stands what it rests on. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const ALARMS = "alarms";

export const alarmEvidence: PanelSlot = {
  name: ALARMS,
  when: ({ collection }) => collection === ALARMS,
  Panel: lazy(() => import("./Evidence")),
};
