import { useRef, useState } from "react";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import { Failure } from "../../client/http";
import type { Description, Duplicate, Fields, RecordRow } from "../../client/types";
import { isObject } from "../../kinds/values";
import type { FormState } from "./useForm";
import { answered, body, missing, newBody } from "./values";

export interface Conflict { fields: Record<string, { yours: unknown; theirs: unknown }>; current: RecordRow }

interface Outcome { busy: boolean; error: string; duplicates: Duplicate[] | null; conflict: Conflict | null }
const NOTHING: Outcome = { busy: false, error: "", duplicates: null, conflict: null };

/** Saving, and the four ways it may be refused: something missing, something wrong, likely duplicates, somebody was faster. */
export function useSave(object: Description, record: RecordRow | null, preset: Fields | undefined, form: FormState, done: (saved: RecordRow) => void) {
  const [outcome, setOutcome] = useState<Outcome>(NOTHING);
  const keyFor = useKey();
  const refresh = useRefresh();

  const send = (allow?: "allow") => {
    if (record) return records.change(object.collection, record.id, form.version ?? record.version, body(form.changed, answered(form.fields, form.values)), allow);
    const sent = newBody(form.fields, answered(form.fields, form.values), preset);
    return records.create(object.collection, sent, keyFor(JSON.stringify([sent, allow])), allow);
  };
  const attempt = async (request: () => Promise<RecordRow>) => {
    setOutcome({ ...NOTHING, busy: true });
    try {
      const saved = await request();
      form.forget();
      done(saved);
      void refresh();
    } catch (cause) {
      setOutcome(refusal(cause));
      if (cause instanceof Failure && cause.code !== "stale") form.setReasons(cause.reasons);
      focusWrong();
    }
  };
  const save = async (allow?: "allow") => {
    const lacking = missing(record ? form.changed : form.fields, form.values);
    form.setReasons(lacking);
    if (Object.keys(lacking).length > 0) focusWrong();
    else await attempt(() => send(allow));
  };
  /** Saves on top of what somebody else saved meanwhile, with the values this person chose. */
  const decide = async ({ current }: Conflict, decided: Fields) => {
    const { changed, values } = form.rebase(current, decided);
    await attempt(() => changed.length === 0 ? Promise.resolve(current)
      : records.change(object.collection, current.id, current.version, body(changed, values)));
  };
  return { ...outcome, save, decide, settle: () => setOutcome(NOTHING) };
}

/** The same content sent twice carries the same key, so that a repeated click makes one record. */
function useKey() {
  const last = useRef({ content: "", key: "" });
  return (content: string) => {
    if (last.current.content !== content) last.current = { content, key: randomKey() };
    return last.current.key;
  };
}

const randomKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("");

function refusal(cause: unknown): Outcome {
  const error = cause instanceof Error ? cause.message : String(cause);
  if (!(cause instanceof Failure)) return { ...NOTHING, error };
  if (cause.code === "duplicates") return { ...NOTHING, duplicates: cause.body.duplicates as Duplicate[] };
  if (cause.code === "stale" && isObject(cause.body.current)) {
    return { ...NOTHING, conflict: { fields: cause.fields as Conflict["fields"], current: cause.body.current as RecordRow } };
  }
  return { ...NOTHING, error };
}

function focusWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".field-wrong :is(input, textarea, button)")?.focus());
}
