import type { DropdownProps } from "antd";
import { cloneElement, lazy, Suspense, useState, type MouseEventHandler, type ReactElement } from "react";
import { afterPaint } from "./afterPaint";

const Menu = lazy(() => afterPaint.then(() => import("./Menu")));

type Props = Omit<DropdownProps, "children"> & { children: ReactElement<{ onClick?: MouseEventHandler }> };

/** A button of the frame and its menu, which comes once the first screen stands. Who is faster than that finds it open when it comes. */
export function LaterMenu({ children, ...menu }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Suspense fallback={cloneElement(children, { onClick: () => setOpen(true) })}>
      <Menu {...menu} open={open} onOpenChange={setOpen}>
        {children}
      </Menu>
    </Suspense>
  );
}
