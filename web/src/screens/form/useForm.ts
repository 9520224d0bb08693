import { useCallback, useMemo, useState } from "react";
import type { Description, Field, Fields, Reasons, RecordRow } from "../../client/types";
import { without } from "../../kinds/values";
import { dropDraft, readDraft, useDraft } from "./draft";
import { changedFields, editableSections, initialValues } from "./values";

/** What a form holds while it is open. */
export function useForm(object: Description, record: RecordRow | null, preset: Fields | undefined, quick: boolean) {
  const key = `draft:${object.collection}:${record?.id ?? (quick ? "quick" : "new")}`;
  const sections = useMemo(() => editableSections(object, quick), [object, quick]);
  const fields = useMemo<Field[]>(() => sections.flatMap((section) => section.fields), [sections]);
  const [before, setBefore] = useState<Fields>(() => initialValues(fields, record ?? preset));
  const [draft, setDraft] = useState(() => (preset && Object.keys(preset).length > 0 ? null : readDraft(key)));
  const [values, setValues] = useState<Fields>(() => ({ ...before, ...draft?.values }));
  const [version, setVersion] = useState(draft?.version ?? record?.version ?? null);
  const [reasons, setReasons] = useState<Reasons>({});

  const changed = changedFields(fields, before, values);
  const dirty = changed.length > 0;
  const kept = useMemo(() => ({ version, values }), [version, values]);
  useDraft(key, kept, dirty);

  const set = useCallback((name: string, value: unknown) => {
    setValues((now) => ({ ...now, [name]: value }));
    setReasons((now) => without(now, name));
  }, []);
  const forget = useCallback(() => dropDraft(key), [key]);
  const restart = () => {
    forget();
    setDraft(null);
    setValues(before);
    setVersion(record?.version ?? null);
  };
  /** Starts again from the record as it is now, keeping what this person changed and decided to keep. */
  const rebase = (current: RecordRow, decided: Fields) => {
    const fresh = initialValues(fields, current);
    const merged = { ...fresh, ...Object.fromEntries(changed.map(({ name }) => [name, values[name]])), ...decided };
    setBefore(fresh);
    setVersion(current.version);
    setValues(merged);
    return { values: merged, changed: changedFields(fields, fresh, merged) };
  };

  return { sections, fields, values, set, reasons, setReasons, changed, dirty, version, restored: draft !== null, restart, forget, rebase };
}

export type FormState = ReturnType<typeof useForm>;
