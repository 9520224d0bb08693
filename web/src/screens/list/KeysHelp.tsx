import { Modal } from "antd";
import { KEYS } from "./keys";
import { useReturnFocus } from "../../kit/useReturnFocus";

export default function KeysHelp({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  return (
    <Modal open title="列表中的按键" width={520} footer={null} onCancel={onClose}>
      <dl className="keys">{KEYS.map(([keys, what]) => <div key={keys}><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>)}</dl>
    </Modal>
  );
}
