/** One question with two answers, asked over the page. */
import { useState, type ReactNode } from "react";
import { Dialog } from "./Dialog";
import { isHeld, toast } from "./toast";

interface Props { title: string; ok: string; danger?: boolean; disabled?: boolean; width?: number; /** Answers false to stay open. */ onOk: () => Promise<unknown>; onClose: () => void; children?: ReactNode }

export function Ask({ title, ok, danger, disabled, width = 520, onOk, onClose, children }: Props) {
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      if ((await onOk()) !== false) onClose();
    } catch (cause) {
      toast.error(cause);
      if (isHeld(cause)) onClose();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} width={width} okText={ok} cancelText="取消" okButtonProps={{ danger, disabled }} confirmLoading={busy} onOk={() => void go()} onCancel={onClose}>
      {children}
    </Dialog>
  );
}
