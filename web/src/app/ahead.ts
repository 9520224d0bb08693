/** What is opened next is fetched while nobody waits for it, in the order in which it is likely to be wanted. */
import { afterPaint, idle } from "../kit/afterPaint";

const ADDRESSED: [RegExp, () => Promise<unknown>][] = [
  [/^\/$/, () => import("../screens/Home")],
  [/^\/[^/]+$/, () => import("../screens/List")],
  [/^\/[^/]+\/\d+$/, () => import("../screens/Detail")],
];

/** The screen somebody comes for is on its way while the server is still asked who she is. */
export function fetchAddressed(): void {
  ADDRESSED.find(([address]) => address.test(location.pathname))?.[1]().catch(() => undefined);
}

const NEXT = [
  () => import("../screens/List"),
  () => import("../screens/Detail"),
  () => import("./Palette"),
  () => import("../screens/form/FormDrawer"),
  () => import("antd/es/select"),
  () => import("../screens/Board"),
  () => import("antd/es/date-picker"),
];

/** One after the other, each in idle time; not for those who pay for every byte. */
export async function fetchAhead(): Promise<void> {
  await afterPaint;
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  for (const fetch of NEXT) {
    await new Promise<void>(idle);
    await fetch().catch(() => undefined);
  }
}
