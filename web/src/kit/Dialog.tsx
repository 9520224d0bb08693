import { Modal, type ModalProps } from "antd";
import { useEffect, useState } from "react";
import { focusFirst } from "./firstField";
import { useReturnFocus } from "./useReturnFocus";

/** What lies over the page: the keyboard begins in its first field, and whoever opened it gets it back. */
export function Dialog({ children, ...props }: ModalProps) {
  useReturnFocus();
  const [body, setBody] = useState<HTMLDivElement | null>(null);
  useEffect(() => (body ? focusFirst(body) : undefined), [body]);
  return (
    <Modal open {...props}>
      <div ref={setBody} className="dialog-body">
        {children}
      </div>
    </Modal>
  );
}
