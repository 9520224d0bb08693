import { Popover, type PopoverProps } from "antd";
import type { ReactNode } from "react";
import { useReturnFocus } from "./useReturnFocus";

type Props = Pick<PopoverProps, "placement" | "children"> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  content: ReactNode;
};

/** A small panel at the button that opens it. A click elsewhere or Escape closes it, and the keyboard is at the button again. */
export function Panel({ content, ...props }: Props) {
  return <Popover {...props} trigger="click" content={<Inside>{content}</Inside>} destroyOnHidden />;
}

function Inside({ children }: { children: ReactNode }) {
  useReturnFocus();
  return children;
}
