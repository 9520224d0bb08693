import { KEYS } from "./keys";
import { Dialog } from "../../kit/Dialog";

export default function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="列表中的按键" width={520} footer={null} onCancel={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
