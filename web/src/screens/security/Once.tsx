import { Button } from "antd";
import type { ReactNode } from "react";
import { Dialog } from "../../kit/Dialog";
import { copy } from "../../kit/copy";

/** Something that is told this once: it is copied, or lost. */
export function Once({
  title,
  text,
  onClose,
  children,
}: {
  title: string;
  text: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog
      title={title}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <>
          <Button type="primary" onClick={() => void copy(text, "已复制")}>
            复制
          </Button>
          <Button onClick={onClose}>我已保存</Button>
        </>
      }
    >
      <pre className="security-once" tabIndex={0}>
        {text}
      </pre>
      <p className="notice notice-warn">{children}</p>
    </Dialog>
  );
}
