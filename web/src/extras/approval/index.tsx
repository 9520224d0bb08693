/** 审批规则: its steps are drawn and edited below what the record says, and tried on the past before they are switched on. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const POLICIES = "approval-policies";

export const policyDesigner: PanelSlot = {
  name: POLICIES,
  when: ({ collection }) => collection === POLICIES,
  Panel: lazy(() => import("./Designer")),
};
