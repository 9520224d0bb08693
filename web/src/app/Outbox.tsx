import { Button } from "antd";
import { useEffect, useState } from "react";
import type { Description } from "../client/types";
import { nearText } from "../kinds/dates";
import { Ask } from "../kit/ask";
import { OutboxIcon } from "../kit/icons";
import { toast } from "../kit/toast";
import { useAway } from "../offline/network";
import { dropLetter, keepSending, retryLetter, useOutbox, type Letter } from "../offline/outbox";
import { useFormHost } from "../screens/form/host";
import { Fly } from "./Fly";
import { useMeta } from "./meta";
import { useRefresh } from "./refresh";
import "./offline.css";

/** 发件箱: stands in the top bar as long as something waits or was refused. */
export default function Outbox() {
  const letters = useOutbox();
  const refresh = useRefresh();
  useEffect(
    () =>
      keepSending((arrived) => {
        toast.ok(`已发送 ${arrived} 条离线时写的内容`);
        void refresh();
      }),
    [refresh],
  );
  if (letters.length === 0) return null;
  const refused = letters.filter(({ refusal }) => refusal !== null).length;
  const label = refused > 0 ? `发件箱，${refused} 条没有被接受` : `发件箱，${letters.length} 条等待发送`;
  return (
    <Fly icon={<OutboxIcon />} title="发件箱" count={letters.length} label={label}>
      {(close) => (
        <ul className="letters">
          {letters.map((letter) => (
            <One key={letter.id} letter={letter} onGo={close} />
          ))}
        </ul>
      )}
    </Fly>
  );
}

function One({ letter, onGo }: { letter: Letter; onGo: () => void }) {
  const { objects } = useMeta();
  const object = objects[letter.collection];
  const [dropping, setDropping] = useState(false);
  return (
    <li className={letter.refusal ? "letter letter-refused" : "letter"}>
      <p className="letter-head">
        <strong>{letter.record === null ? `新建${object?.label ?? ""}` : `修改${object?.label ?? ""}`}</strong>
        <time className="muted figure">{nearText(new Date(letter.at).toISOString())}</time>
      </p>
      <p className="letter-words">{letter.title}</p>
      <State letter={letter} object={object} />
      <div className="letter-acts">
        {letter.refusal && <Mend letter={letter} onGo={onGo} />}
        <Button size="small" type="text" danger onClick={() => setDropping(true)}>
          丢弃
        </Button>
      </div>
      {dropping && (
        <Ask title="丢弃这条内容" ok="丢弃" danger onOk={() => dropLetter(letter.id)} onClose={() => setDropping(false)}>
          <p>{`“${letter.title}”还没有送达，丢弃后无法找回。`}</p>
        </Ask>
      )}
    </li>
  );
}

/** Where it stands, and what the server had against it. */
function State({ letter: { refusal }, object }: { letter: Letter; object: Description | undefined }) {
  const away = useAway();
  if (!refusal) return <p className="muted">{away ? "联网后自动发送" : "等待发送"}</p>;
  const reasons = Object.entries(refusal.reasons).map(([name, reason]) => ({
    name,
    reason,
    label: object?.fields.find((field) => field.name === name)?.label ?? name,
  }));
  const told = reasons.filter(({ reason }) => reason !== "");
  return (
    <div className="reason" role="alert">
      {told.length === 0 && <p>{refusal.message}</p>}
      {told.map(({ name, label, reason }) => (
        <p key={name}>{`${label}：${reason}`}</p>
      ))}
    </div>
  );
}

/** Opens the form with everything that was written and the reasons beside the fields; or sends it again as it is. */
function Mend({ letter, onGo }: { letter: Letter; onGo: () => void }) {
  const { open } = useFormHost();
  const mend = () => {
    open({
      collection: letter.collection,
      ...(letter.record === null ? { preset: letter.values } : { id: letter.record }),
      letter,
      onSaved: () => void dropLetter(letter.id),
    });
    onGo();
  };
  const doubled = letter.refusal?.code === "duplicates";
  const again = () => void retryLetter(letter, doubled || letter.allow).catch(toast.error);
  return (
    <>
      <Button size="small" type="primary" onClick={mend}>
        {letter.refusal?.code === "stale" ? "对比并修改" : "修改"}
      </Button>
      {letter.refusal?.code !== "stale" && (
        <Button size="small" onClick={again}>
          {doubled ? "不是同一个，仍然保存" : "再次发送"}
        </Button>
      )}
    </>
  );
}
