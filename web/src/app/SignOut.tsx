import { useEffect, useRef } from "react";
import { Ask } from "../kit/ask";
import { useOutbox } from "../offline/outbox";
import { useSignOut } from "./session";

/** Leaving, at once; unless something has not been sent yet, which would be lost. */
export default function SignOut({ onClose }: { onClose: () => void }) {
  const waiting = useOutbox().length;
  const signOut = useSignOut();
  const begun = useRef(false);
  useEffect(() => {
    if (waiting > 0 || begun.current) return;
    begun.current = true;
    void signOut();
  }, [waiting, signOut]);
  if (waiting === 0) return null;
  return (
    <Ask title="还有内容没有发送" ok="丢弃并退出" danger onOk={signOut} onClose={onClose}>
      <p>{`发件箱里还有 ${waiting} 条没有送达。退出登录会从这台设备上删除它们；要保留，请先联网发送。`}</p>
    </Ask>
  );
}
