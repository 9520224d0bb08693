import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useMeta } from "../app/meta";
import { useRefresh } from "../app/refresh";
import { records } from "../client/api";
import { Failure } from "../client/http";
import type { Action, Description, Fields, Reasons, RecordPage, RecordRow, Row, Told } from "../client/types";
import { without } from "../kinds/values";
import { FieldGrid } from "../screens/form/FieldGrid";
import { missing } from "../screens/form/values";
import { Dialog } from "../kit/Dialog";
import { isHeld, toast } from "../kit/toast";
import { actionFields, actionInput, startInput } from "./input";
import { ShownOnce } from "./ShownOnce";
import { Findings } from "./Findings";

interface Props {
  object: Description;
  action: Action;
  record: Row;
  /** The state somebody chose, when the action may lead to several. */
  target?: string | null;
  onDone?: () => void;
  onClose: () => void;
}

/** Asks what the action asks, and takes it. */
export default function ActionDialog(props: Props) {
  const { action, onClose } = props;
  const { fields, values, reasons, error, busy, secret, findings, set, go } = useAsking(props);
  if (secret) return <ShownOnce title={action.label} secret={secret} onClose={onClose} />;
  return (
    <Dialog
      title={action.label}
      width={fields.length > 3 ? 680 : 480}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{findings ? "关闭" : "取消"}</Button>
          <Button type="primary" danger={action.danger} loading={busy} onClick={() => void go()}>
            {action.label}
          </Button>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
        noValidate
      >
        {error && (
          <p className="notice notice-error" role="alert">
            {error}
          </p>
        )}
        {fields.length === 0 && (
          <p>
            确定{action.label}吗？{action.danger && "这一步会有明显后果。"}
          </p>
        )}
        <FieldGrid fields={fields} values={values} reasons={reasons} set={set} focusFirst />
        {findings && <Findings findings={findings} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

/** What is typed in, what is wrong with it, and what the server answered. */
function useAsking({ object, action, record, target = null, onDone, onClose }: Props) {
  const fields = actionFields(object, action, target, action.state ? record[action.state] : undefined);
  const [values, setValues] = useState<Fields>(() => startInput(action, record, object));
  const [reasons, setReasons] = useState<Reasons>({});
  const [error, setError] = useState("");
  const run = useRun(object, action);
  const [busy, setBusy] = useState(false);
  const [secret, setSecret] = useState("");
  const [findings, setFindings] = useState<Told | null>(null);
  const set = (name: string, value: unknown) => {
    setValues((now) => ({ ...now, [name]: value }));
    setReasons((now) => without(now, name));
  };
  const show = ({ secret, password, told }: RecordRow) => {
    const once = secret ?? password;
    if (once) setSecret(once);
    else if (told) setFindings(told);
    else onClose();
  };
  const refuse = (cause: unknown) => {
    if (isHeld(cause)) {
      toast.error(cause);
      onClose();
      return;
    }
    setError(cause instanceof Error ? cause.message : String(cause));
    if (cause instanceof Failure) setReasons(cause.reasons);
  };
  const go = async () => {
    // Enter takes the button's way, which is shut while the deed is under way.
    if (busy) return;
    const lacking = missing(fields, values);
    setReasons(lacking);
    if (Object.keys(lacking).length > 0) return;
    setBusy(true);
    try {
      const done = await run(record, actionInput(action, fields, values, target));
      onDone?.();
      show(done);
    } catch (cause) {
      refuse(cause);
    } finally {
      setBusy(false);
    }
  };
  return { fields, values, reasons, error, busy, secret, findings, set, go };
}

/** Takes the action and says what came of it. Nobody waits for the rest of the screen: what the server answered is shown at once, the rest follows. */
function useRun(object: Description, action: Action) {
  const queries = useQueryClient();
  const refresh = useRefresh();
  const { objects } = useMeta();
  const show = (done: RecordRow) =>
    queries.setQueryData<RecordPage>(
      [object.collection, String(done.id), "page"],
      (page) => page && { ...page, record: { ...page.record, ...done } },
    );
  return async (record: Row, input: Fields): Promise<RecordRow> => {
    const done = await records.act(object.collection, record.id, action.name, input).catch((cause: unknown) => {
      // That it waits for somebody's agreement is told on its page.
      if (isHeld(cause)) void refresh();
      throw cause;
    });
    if (done.told) return done;
    const made = done.made?.find(({ collection }) => collection in objects);
    toast.ok(
      `已${action.label}`,
      made && { to: `/${made.collection}/${made.id}`, text: `打开${objects[made.collection]?.label ?? ""} ${made.label}` },
    );
    show(done);
    void refresh();
    return done;
  };
}
