/** One question with two answers, asked over the page; Enter in a line of it gives the first. Why it cannot be done stands in it. */
import { useState, type ReactNode, type SyntheticEvent } from "react";
import { Dialog } from "./Dialog";
import { isHeld, toast } from "./toast";

interface Props {
  title: string;
  ok: string;
  danger?: boolean;
  disabled?: boolean;
  width?: number;
  /** Answers false to stay open. */ onOk: () => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

export function Ask({ title, ok, danger, disabled, width = 520, onOk, onClose, children }: Props) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState("");
  const go = async () => {
    setBusy(true);
    setRefusal("");
    try {
      if ((await onOk()) !== false) onClose();
    } catch (cause) {
      if (isHeld(cause)) {
        toast.error(cause);
        onClose();
      } else setRefusal(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };
  const submitted = (event: SyntheticEvent) => {
    event.preventDefault();
    // To React what lies over a form is part of it.
    event.stopPropagation();
    if (!busy) void go();
  };
  return (
    <Dialog
      title={title}
      width={width}
      okText={ok}
      cancelText="取消"
      okButtonProps={{ danger, disabled }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <form onSubmit={submitted} noValidate>
        {refusal && (
          <p className="notice notice-error" role="alert">
            {refusal}
          </p>
        )}
        {children}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} disabled={disabled} />
      </form>
    </Dialog>
  );
}
