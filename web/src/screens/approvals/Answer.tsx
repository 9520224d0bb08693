/** The answer to a request: an opinion, and whatever the deed asks besides. */
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import { approvals, type Deed, type WholeRequest } from "../../client/approvals";
import { files } from "../../client/api";
import type { Fields, Ref, StoredFile } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { Select } from "../../kit/heavy";
import { toast } from "../../kit/toast";
import { DEEDS } from "./words";

const NEEDED = new Set<Deed>(["disagree", "return", "explain"]);
const WITH_FILES = new Set<Deed>(["approve", "disagree", "explain"]);
const SILENT = new Set<Deed>(["withdraw", "remind", "choose"]);
const PEOPLE = new Set<Deed>(["delegate", "add-signer", "choose"]);

interface Props {
  request: WholeRequest;
  deed: Deed;
  onClose: () => void;
}

export function Answer({ request, deed, onClose }: Props) {
  const [opinion, setOpinion] = useState("");
  const [people, setPeople] = useState<Ref[]>([]);
  const [where, setWhere] = useState<"before" | "after">("after");
  const [to, setTo] = useState<number | null>(null);
  const [attached, setAttached] = useState<StoredFile[]>([]);
  const refresh = useRefresh();
  const go = async () => {
    await approvals.answer(request.id, deed, input(deed, { opinion, people, where, to, attached }));
    toast.ok(`已${DEEDS[deed]}`);
    await refresh();
  };
  const lacking = (NEEDED.has(deed) && opinion.trim() === "") || (PEOPLE.has(deed) && people.length === 0);
  return (
    <Ask
      title={`${DEEDS[deed]}“${request.title}”`}
      ok={DEEDS[deed]}
      danger={deed === "disagree"}
      disabled={lacking}
      onOk={go}
      onClose={onClose}
    >
      {deed === "return" && <Back request={request} to={to} onChange={setTo} />}
      {PEOPLE.has(deed) && <People one={deed === "delegate"} people={people} onChange={setPeople} />}
      {deed === "add-signer" && (
        <Radio.Group
          value={where}
          onChange={({ target }) => setWhere(target.value === "before" ? "before" : "after")}
          aria-label="加签位置"
          options={[
            { value: "before", label: "在我之前" },
            { value: "after", label: "在我之后" },
          ]}
        />
      )}
      {!SILENT.has(deed) && <Opinion label={deed === "explain" ? "说明" : "意见"} value={opinion} onChange={setOpinion} />}
      {WITH_FILES.has(deed) && <Attach files={attached} onChange={setAttached} />}
    </Ask>
  );
}

interface Given {
  opinion: string;
  people: Ref[];
  where: string;
  to: number | null;
  attached: StoredFile[];
}

function input(deed: Deed, { opinion, people, where, to, attached }: Given): Fields {
  const ids = people.map(({ id }) => id);
  const said = SILENT.has(deed) ? {} : { opinion };
  if (deed === "delegate") return { ...said, person: ids[0] };
  if (deed === "add-signer") return { ...said, people: ids, where };
  if (deed === "choose") return { people: ids };
  if (deed === "return") return to === null ? said : { ...said, to };
  return attached.length > 0 ? { ...said, files: attached.map(({ id }) => id) } : said;
}

function Back({ request, to, onChange }: { request: WholeRequest; to: number | null; onChange: (to: number | null) => void }) {
  const at = request.steps.findIndex(({ now }) => now);
  const earlier = request.steps.slice(0, Math.max(at, 0)).map(({ place, name }) => ({ value: place, label: name }));
  return (
    <div className="field">
      <label htmlFor="answer-to">退回到</label>
      <Select
        id="answer-to"
        className="grow"
        value={to ?? -1}
        onChange={(value: unknown) => onChange(Number(value) < 0 ? null : Number(value))}
        options={[{ value: -1, label: `申请人 ${request.requester.label}` }, ...earlier]}
      />
    </div>
  );
}

function People({ one, people, onChange }: { one: boolean; people: Ref[]; onChange: (people: Ref[]) => void }) {
  return (
    <div className="field">
      <label htmlFor="answer-people">人员</label>
      <RefPicker
        id="answer-people"
        to="people"
        label="人员"
        multiple={!one}
        value={one ? (people[0] ?? null) : people}
        onChange={(next) => onChange(next === null ? [] : Array.isArray(next) ? next : [next])}
      />
    </div>
  );
}

function Opinion({ label, value, onChange }: { label: string; value: string; onChange: (opinion: string) => void }) {
  return (
    <div className="field">
      <label htmlFor="answer-opinion">{label}</label>
      <Input.TextArea
        id="answer-opinion"
        rows={3}
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function Attach({ files: kept, onChange }: { files: StoredFile[]; onChange: (files: StoredFile[]) => void }) {
  const add = async (chosen: FileList | null) => {
    try {
      const sent = await Promise.all([...(chosen ?? [])].map(files.upload));
      onChange([...kept, ...sent]);
    } catch (cause) {
      toast.error(cause);
    }
  };
  return (
    <div className="field">
      <label htmlFor="answer-files">附件</label>
      <input id="answer-files" type="file" multiple onChange={(event) => void add(event.target.files)} />
      {kept.map((file) => (
        <span key={file.id}>
          {file.name}{" "}
          <Button size="small" type="link" onClick={() => onChange(kept.filter(({ id }) => id !== file.id))}>
            移除
          </Button>
        </span>
      ))}
    </div>
  );
}
