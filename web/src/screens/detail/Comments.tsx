import { useQuery } from "@tanstack/react-query";
import { Button, Mentions } from "antd";
import { useRef, useState } from "react";
import { talk, type Comment } from "../../client/live";
import type { Description, Id, RecordRow } from "../../client/types";
import { useColleagues, type Colleague } from "../../kinds/colleagues";
import { nearText } from "../../kinds/dates";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";

interface Props {
  object: Description;
  record: RecordRow;
}

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
      <h2>
        <span>同事评论</span>{" "}
        <Button size="small" type="text" aria-pressed={following} onClick={() => void follow()}>
          {following ? "取消关注" : "关注变化"}
        </Button>
      </h2>
      <ol className="comments">
        {rows.map((comment) => (
          <Said key={comment.id} comment={comment} />
        ))}
      </ol>
      <Say object={object} record={record} onSaid={() => void said.refetch()} />
    </section>
  );
}

function Said({ comment }: { comment: Comment }) {
  return (
    <li>
      <p>
        <strong>{comment.author.label}</strong>{" "}
        <time className="muted figure" dateTime={comment.at}>
          {nearText(comment.at)}
        </time>
      </p>
      <p className="said">{comment.text}</p>
    </li>
  );
}

function Say({ object, record, onSaid }: Props & { onSaid: () => void }) {
  const [text, setText] = useState("");
  const { busy, attempt } = useAttempt();
  const key = useRef(crypto.randomUUID());
  const { colleagues, search } = useColleagues();
  const { pick, meant } = usePicked();
  const send = () =>
    attempt(async () => {
      await talk.say(object.collection, record.id, text.trim(), meant(text), key.current);
      key.current = crypto.randomUUID();
      setText("");
      onSaid();
    });
  return (
    <div className="say">
      <Mentions
        value={text}
        onChange={setText}
        onSearch={search}
        onSelect={pick}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        placeholder="写评论，@ 提到同事"
        aria-label="写评论"
        options={colleagues}
        filterOption={false}
        notFoundContent="没有找到同事"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim()) void send();
        }}
      />
      <Button disabled={!text.trim()} loading={busy} onClick={() => void send()}>
        发表
      </Button>
    </div>
  );
}

/** Those picked and still named in the text are meant. */
function usePicked() {
  const picked = useRef(new Map<string, Id>());
  const pick = (option: { value?: string }) => {
    const { value, id } = option as Partial<Colleague>;
    if (value !== undefined && id !== undefined) picked.current.set(value, id);
  };
  const meant = (text: string) => [...picked.current].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id);
  return { pick, meant };
}
