import { Button } from "antd";
import { Dialog } from "../kit/Dialog";
import { copy } from "../kit/copy";

/** A first password or a key, which the server tells this one time. */
export function ShownOnce({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) {
  return (
    <Dialog
      title={title}
      width={480}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          已记下
        </Button>
      }
    >
      <p>请现在记下，关闭之后不再显示：</p>
      <p>
        <code className="figure">{secret}</code>
      </p>
      <Button onClick={() => void copy(secret, "已复制")}>复制</Button>
    </Dialog>
  );
}
