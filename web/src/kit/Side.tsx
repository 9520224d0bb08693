import { Drawer, type DrawerProps } from "antd";
import { useReturnFocus } from "./useReturnFocus";

/** What lies at the side of the page; whoever opened it gets the keyboard back. */
export function Side(props: DrawerProps) {
  useReturnFocus();
  // Ant Design's own way back leads to where the keyboard was when the drawer had come, not to what asked for it.
  return <Drawer open focusable={{ focusTriggerAfterClose: false }} {...props} />;
}
