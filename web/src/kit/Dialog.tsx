import { Modal, type ModalProps } from "antd";
import { useReturnFocus } from "./useReturnFocus";

/** What lies over the page; whoever opened it gets the keyboard back. */
export function Dialog(props: ModalProps) {
  useReturnFocus();
  return <Modal open {...props} />;
}
