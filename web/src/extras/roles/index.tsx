/** 角色: what it lets people do is a table of its own, and who has it stands below. */
import { lazy } from "react";
import type { PanelSlot } from "../slots";

const ROLES = "roles";

export const roleMatrix: PanelSlot = {
  name: ROLES,
  when: ({ collection }) => collection === ROLES,
  Panel: lazy(() => import("./Matrix")),
};
