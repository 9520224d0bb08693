import type { Description } from "../client/types";
import { alarmEvidence } from "./alarms";
import { followUps } from "./followUps";
import { formAddress } from "./inbound";
import { leaving } from "./leaving";
import { roleMatrix } from "./roles";
import { alertDesigner, alertSubject } from "./alerts";
import { policyDesigner } from "./approval";
import { automationDesigner } from "./automation";
import { signedIn } from "./sessions";
import type { AsideSlot, PanelSlot } from "./slots";

const asides: AsideSlot[] = [followUps];
const panels: PanelSlot[] = [
  roleMatrix,
  policyDesigner,
  automationDesigner,
  alertDesigner,
  alertSubject,
  alarmEvidence,
  leaving,
  signedIn,
  formAddress,
];

export const slotsFor = (object: Description): AsideSlot[] => asides.filter(({ when }) => when(object));

export const panelsFor = (object: Description): PanelSlot[] => panels.filter(({ when }) => when(object));
