import { Button } from "antd";
import { useState, type KeyboardEvent } from "react";
import type { Description, Fields, RecordRow } from "../../client/types";
import { toast } from "../../kit/toast";
import { FieldGrid } from "./FieldGrid";
import type { FormRequest } from "./host";
import { Likely, useLikely } from "./Likely";
import { Refusal } from "./Refusal";
import { Settle } from "./Settle";
import { useForm, type FormState } from "./useForm";
import { useSave, type Ends, type Saving } from "./useSave";

export const POSTED = "没有网络，已存入发件箱，联网后自动发送";

interface Props {
  object: Description;
  record: RecordRow | null;
  request: FormRequest;
  close: () => void;
}

export function FormBody({ object, record, request, close }: Props) {
  const [typed, setTyped] = useState<Fields | null>(null);
  const quick = (request.quick ?? false) && typed === null;
  const asked = typed ? { ...request, preset: typed } : request;
  return (
    <Body
      key={quick ? "quick" : "full"}
      object={object}
      record={record}
      request={asked}
      close={close}
      quick={quick}
      more={quick ? setTyped : undefined}
    />
  );
}

function Body({ object, record, request, close, quick, more }: Props & { quick: boolean; more?: (typed: Fields) => void }) {
  const form = useForm(object, record, request.preset, quick, request.letter);
  const likely = useLikely(object, form, record?.id);
  const saving = useSave(object, record, request.preset, form, endsOf(object, record, request, close));
  const leave = () => {
    form.forget();
    close();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void saving.save();
  };
  return (
    <form
      className="form"
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save();
      }}
      noValidate
    >
      <div className="form-scroll">
        <Notices object={object} form={form} saving={saving} leave={leave} />
        <Likely object={object} found={saving.duplicates ?? likely} id={record?.id} />
        <Sections form={form} />
      </div>
      <div className="form-foot">
        <SaveButton saving={saving} disabled={record !== null && !form.dirty} />
        <Button onClick={close}>{form.dirty ? "稍后继续" : "取消"}</Button>
        {form.dirty && (
          <Button type="text" onClick={leave}>
            放弃
          </Button>
        )}
        {more && (
          <Button type="link" onClick={() => more({ ...request.preset, ...form.values })}>
            更多栏目
          </Button>
        )}
        <span className="spacer" />
        <small className="muted desktop">Ctrl + Enter 保存</small>
      </div>
    </form>
  );
}

/** What follows when it was saved, must be agreed to first, or waits for the network. */
function endsOf(object: Description, record: RecordRow | null, request: FormRequest, close: () => void): Ends {
  const done = (result: RecordRow) => {
    request.onSaved?.(result);
    if (!request.onSaved && !record)
      toast.ok(`已新建${object.label}`, { to: `/${object.collection}/${result.id}`, text: "打开" });
    else toast.ok(record ? `已保存${object.label}` : "已保存");
    close();
  };
  const posted = () => {
    toast.ok(POSTED);
    close();
  };
  return { done, held: close, posted: request.awaited ? undefined : posted, letter: request.letter };
}

interface NoticesProps {
  object: Description;
  form: FormState;
  saving: Saving;
  /** Without keeping a draft. */
  leave: () => void;
}

/** What there is to know before one goes on: a draft come back, a refusal, a colleague who was faster. */
function Notices({ object, form, saving, leave }: NoticesProps) {
  const { error, leadsTo, conflict } = saving;
  return (
    <>
      {form.restored && (
        <p className="notice" role="status">
          已恢复上次没有保存的内容。
          <Button size="small" type="link" onClick={form.restart}>
            放弃草稿
          </Button>
        </p>
      )}
      {error && <Refusal words={error} leadsTo={leadsTo} onFollow={leave} />}
      {conflict && (
        <Settle
          object={object}
          conflict={conflict}
          mine={form.values}
          onCancel={saving.settle}
          onDecided={(decided) => void saving.decide(conflict, decided)}
        />
      )}
    </>
  );
}

function Sections({ form }: { form: FormState }) {
  return form.sections.map((section, index) => (
    <fieldset key={section.label} className="form-section">
      {section.label && <legend>{section.label}</legend>}
      <FieldGrid
        fields={section.fields}
        values={form.values}
        reasons={form.reasons}
        set={form.set}
        leave={form.leave}
        focusFirst={index === 0}
      />
    </fieldset>
  ));
}

/** Two buttons, not one that changes: React would make it a submit button before the browser has finished the click. */
function SaveButton({ saving, disabled }: { saving: Saving; disabled: boolean }) {
  if (saving.duplicates)
    return (
      <Button key="insist" type="primary" danger onClick={() => void saving.save("allow")}>
        不是同一个，仍然保存
      </Button>
    );
  return (
    <Button key="save" type="primary" htmlType="submit" loading={saving.busy} disabled={disabled}>
      保存
    </Button>
  );
}
