import { useRef, useState } from "react";
import { useRefresh } from "../../app/refresh";
import { Failure } from "../../client/http";
import type { Description, Duplicate, Fields, RecordRow } from "../../client/types";
import { isObject } from "../../kinds/values";
import type { Letter } from "../../offline/outbox";
import { useOutbound, type Sent } from "./useOutbound";
import { isHeld, toast } from "../../kit/toast";
import type { FormState } from "./useForm";
import { answered, body, missing, newBody } from "./values";

export interface Conflict {
  fields: Record<string, { yours: unknown; theirs: unknown }>;
  current: RecordRow;
}

/** Where to go on from although nothing was saved: a record the server has made of the attempt. */
export interface LeadsTo {
  collection: string;
  id: number;
  label: string;
}

/** What is sent; the key follows from it. */
type Content = Omit<Sent, "key">;

interface Outcome {
  busy: boolean;
  error: string;
  duplicates: Duplicate[] | null;
  conflict: Conflict | null;
  leadsTo: LeadsTo | null;
}
const NOTHING: Outcome = { busy: false, error: "", duplicates: null, conflict: null, leadsTo: null };

export interface Ends {
  done: (saved: RecordRow) => void;
  /** Somebody must agree first: there is nothing to save any more. */
  held?: () => void;
  /** Without a network: it waits in the outbox. Whoever needs the saved record cannot have it wait. */
  posted?: () => void;
  letter?: Letter;
}

/** Saving, and the four ways it may be refused: something missing, something wrong, likely duplicates, somebody was faster. */
export function useSave(
  object: Description,
  record: RecordRow | null,
  preset: Fields | undefined,
  form: FormState,
  { done, held, posted, letter }: Ends,
) {
  const [outcome, setOutcome] = useState<Outcome>(() => ({ ...NOTHING, conflict: conflictOf(letter) }));
  const keyFor = useKey(letter?.id);
  const refresh = useRefresh();
  const post = useOutbound(object, record, letter);

  const send = (ask: Content) =>
    post({ ...ask, key: keyFor(JSON.stringify([ask.fields, ask.version, ask.allow])) }, posted !== undefined);
  const written = (allow?: "allow"): Content => {
    const said = answered(form.fields, form.values);
    const fields = record ? body(form.changed, said) : newBody(form.fields, said, preset);
    return { fields, values: kept(form, preset), version: record ? (form.version ?? record.version) : null, allow };
  };
  const attempt = async (request: () => Promise<RecordRow | null>) => {
    setOutcome({ ...NOTHING, busy: true });
    try {
      const saved = await request();
      form.forget();
      if (saved) done(saved);
      else posted?.();
      if (saved) void refresh();
    } catch (cause) {
      if (isHeld(cause)) {
        form.forget();
        toast.error(cause);
        held?.();
        void refresh();
        return;
      }
      setOutcome(refusal(cause));
      if (cause instanceof Failure && cause.code !== "stale") form.setReasons(cause.reasons);
      focusWrong();
    }
  };
  const save = async (allow?: "allow") => {
    const lacking = missing(record ? form.changed : form.fields, form.values);
    form.setReasons(lacking);
    if (Object.keys(lacking).length > 0) focusWrong();
    else await attempt(() => send(written(allow)));
  };
  /** Saves on top of what somebody else saved meanwhile, with the values this person chose. */
  const decide = async ({ current }: Conflict, decided: Fields) => {
    const { changed, values } = form.rebase(current, decided);
    const mine = Object.fromEntries(changed.map(({ name }) => [name, values[name]]));
    await attempt(() =>
      changed.length === 0
        ? Promise.resolve(current)
        : send({ fields: body(changed, values), values: mine, version: current.version }),
    );
  };
  return { ...outcome, save, decide, settle: () => setOutcome(NOTHING) };
}

export type Saving = ReturnType<typeof useSave>;

/** The same content sent twice carries the same key, so that a repeated click makes one record. */
function useKey(fixed?: string) {
  const last = useRef({ content: "", key: "" });
  return (content: string) => {
    if (fixed !== undefined) return fixed;
    if (last.current.content !== content) last.current = { content, key: randomKey() };
    return last.current.key;
  };
}

/** What the form holds and the outbox needs to show it again: of a change what changed, of a new record everything. */
function kept(form: FormState, preset: Fields | undefined): Fields {
  return form.version === null
    ? { ...preset, ...form.values }
    : Object.fromEntries(form.changed.map(({ name }) => [name, form.values[name]]));
}

function conflictOf(letter: Letter | undefined): Conflict | null {
  const refusal = letter?.refusal;
  return refusal?.code === "stale" && refusal.current
    ? { fields: refusal.fields as Conflict["fields"], current: refusal.current }
    : null;
}

const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("");

function refusal(cause: unknown): Outcome {
  const error = cause instanceof Error ? cause.message : String(cause);
  if (!(cause instanceof Failure)) return { ...NOTHING, error };
  if (cause.code === "duplicates") return { ...NOTHING, duplicates: cause.body.duplicates as Duplicate[] };
  if (cause.code === "stale" && isObject(cause.body.current)) {
    return { ...NOTHING, conflict: { fields: cause.fields as Conflict["fields"], current: cause.body.current as RecordRow } };
  }
  return { ...NOTHING, error, leadsTo: isObject(cause.body.leads_to) ? (cause.body.leads_to as unknown as LeadsTo) : null };
}

function focusWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".field-wrong :is(input, textarea, button)")?.focus());
}
