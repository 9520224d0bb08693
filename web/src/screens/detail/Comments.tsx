import { useQuery } from "@tanstack/react-query";
import { Button, Mentions } from "antd";
import { useRef, useState } from "react";
import { fieldOf, useMeta } from "../../app/meta";
import { records } from "../../client/api";
import { talk, type Comment } from "../../client/live";
import type { Choice, Description, Id, RecordRow } from "../../client/types";
import { nearText } from "../../kinds/dates";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { useDebounced } from "../../kit/useDebounced";

interface Props { object: Description; record: RecordRow }

/** What colleagues say to each other about a record. */
export function Comments({ object, record }: Props) {
  const { collection } = object;
  const said = useQuery({ queryKey: [collection, record.id, "comments"], queryFn: () => talk.get(collection, record.id) });
  const following = said.data?.following ?? false;
  const follow = async () => {
    await talk.follow(collection, record.id, !following).catch(toast.error);
    await said.refetch();
  };
  const rows = said.data?.rows ?? [];
  return (
    <section className="panel" id="comments">
      <h2>同事评论 <Button size="small" type="text" aria-pressed={following} onClick={() => void follow()}>{following ? "取消关注" : "关注变化"}</Button></h2>
      <ol className="comments">{rows.map((comment) => <Said key={comment.id} comment={comment} />)}</ol>
      <Say object={object} record={record} onSaid={() => void said.refetch()} />
    </section>
  );
}

function Said({ comment }: { comment: Comment }) {
  return (
    <li>
      <p><strong>{comment.author.label}</strong> <time className="muted figure" dateTime={comment.at}>{nearText(comment.at)}</time></p>
      <p className="said">{comment.text}</p>
    </li>
  );
}

function Say({ object, record, onSaid }: Props & { onSaid: () => void }) {
  const [text, setText] = useState("");
  const { busy, attempt } = useAttempt();
  const key = useRef(crypto.randomUUID());
  const { people, search, pick, chosen } = useColleagues(object);
  const send = () => attempt(async () => {
    await talk.say(object.collection, record.id, text.trim(), chosen(text), key.current);
    key.current = crypto.randomUUID();
    setText("");
    onSaid();
  });
  return (
    <div className="say">
      <Mentions
        value={text} onChange={setText} onSearch={search} onSelect={pick} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} placeholder="写评论，@ 提到同事" aria-label="写评论"
        options={people.map(({ id, label }) => ({ key: String(id), value: label, label }))}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim()) void send(); }}
      />
      <Button disabled={!text.trim()} loading={busy} onClick={() => void send()}>发表</Button>
    </div>
  );
}

/** Colleagues to mention: found while typing; those picked and still named in the text are meant. */
function useColleagues(object: Description) {
  const { objects } = useMeta();
  const to = fieldOf(object, "owner")?.to ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const words = useDebounced(typed ?? "", 200);
  const picked = useRef(new Map<string, Id>());
  const found = useQuery({
    queryKey: [to, "options", words], queryFn: () => records.options(to, words), enabled: typed !== null && to in objects,
  });
  const people: Choice[] = found.data?.rows ?? [];
  const pick = ({ key, value }: { key?: string; value?: string }) => { if (key && value) picked.current.set(value, Number(key)); };
  const chosen = (text: string) => [...picked.current].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id);
  return { people, search: setTyped, pick, chosen };
}
