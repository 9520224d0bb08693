import { Dropdown, type DropdownProps } from "antd";
import { goBack, trailAtDeed } from "./trail";

const FLOATING = "[role=menu]";

/** A button and what it offers: the keyboard goes into the menu as it opens, and back to the button as it closes. */
export default function Menu({ onOpenChange, ...menu }: DropdownProps) {
  const turn: DropdownProps["onOpenChange"] = (open, how) => {
    if (!open) leave();
    onOpenChange?.(open, how);
  };
  return <Dropdown trigger={["click"]} autoFocus {...menu} onOpenChange={turn} />;
}

function leave(): void {
  const now = document.activeElement;
  if (now instanceof HTMLElement && now.closest(FLOATING)) now.blur();
  goBack(trailAtDeed().filter((place) => !place.closest(FLOATING)));
}
