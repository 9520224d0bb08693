import { useCallback, useMemo, useState } from "react";
import type { Description, Field, Fields, Reasons, RecordRow } from "../../client/types";
import { following } from "../../kinds/depending";
import { asRef, isBlank, same, without } from "../../kinds/values";
import { useStill } from "../../kit/useStill";
import type { Letter } from "../../offline/outbox";
import { dropDraft, readDraft, useDraft } from "./draft";
import { withDemanded } from "./demanded";
import { startValues, withReasons } from "./explained";
import { answered, changedFields, editableSections, wrong } from "./values";

/** What a form holds while it is open. */
export function useForm(
  object: Description,
  record: RecordRow | null,
  preset: Fields | undefined,
  quick: boolean,
  letter?: Letter,
) {
  const about = letter ? `:${letter.id}` : ties(preset);
  const key = `draft:${object.collection}:${record?.id ?? (quick ? "quick" : "new")}${about}`;
  const [given] = useState(preset);
  const fresh = record === null;
  const placed = useMemo(() => editableSections(object, quick, given, fresh), [object, quick, given, fresh]);
  const [before, setBefore] = useState<Fields>(() =>
    startValues(
      placed.flatMap((section) => section.fields),
      record ?? preset,
    ),
  );
  const [draft, setDraft] = useState(() => (preset && Object.keys(preset).length > 0 && about === "" ? null : readDraft(key)));
  const [values, setValues] = useState<Fields>(() => ({
    ...before,
    ...(fresh ? {} : preset),
    ...letter?.values,
    ...draft?.values,
  }));
  const [version, setVersion] = useState(draft?.version ?? record?.version ?? null);
  const sections = useMemo(
    () => withDemanded(object, withReasons(placed, before, values, fresh), { ...record, ...preset, ...values }, quick),
    [object, placed, before, fresh, record, preset, values, quick],
  );
  const fields = useMemo<Field[]>(() => sections.flatMap((section) => section.fields), [sections]);

  const changed = changedFields(fields, answered(fields, before), answered(fields, values));
  const dirty = changed.length > 0;
  const kept = useMemo(() => ({ version, values }), [version, values]);
  const forget = useDraft(key, kept, dirty);

  const { judge, ...judged } = useReasons(fields, before, values, letter?.refusal?.reasons);
  const set = useCallback(
    (name: string, value: unknown) => {
      setValues((now) => following(object.fields, { ...now, [name]: value }));
      judge(name, value);
    },
    [object.fields, judge],
  );
  const restart = () => {
    dropDraft(key);
    setDraft(null);
    setValues(before);
    setVersion(record?.version ?? null);
  };
  /** Starts again from the record as it is now, keeping what this person changed and decided to keep. */
  const rebase = (current: RecordRow, decided: Fields) => {
    const fresh = startValues(fields, current);
    const merged = { ...fresh, ...Object.fromEntries(changed.map(({ name }) => [name, values[name]])), ...decided };
    setBefore(fresh);
    setVersion(current.version);
    setValues(merged);
    return { values: merged, changed: changedFields(fields, fresh, merged) };
  };

  return { ...judged, sections, fields, values, set, changed, dirty, version, restored: draft !== null, restart, forget, rebase };
}

/** What is wrong with what was typed, told when the keyboard is still, when one goes on, or when the server says so. */
function useReasons(fields: Field[], before: Fields, values: Fields, refused: Reasons = {}) {
  const [reasons, setReasons] = useState<Reasons>(refused);
  const later = useStill((name: string, value: unknown) => {
    const field = fields.find((one) => one.name === name);
    const reason = field && !isBlank(value) ? wrong(field, value) : undefined;
    if (reason !== undefined) setReasons((now) => ({ ...now, [name]: reason }));
  });
  const judge = useCallback(
    (name: string, value: unknown) => {
      setReasons((now) => without(now, name));
      later(name, value);
    },
    [later],
  );
  /** The reason beside a field, once somebody has typed in it and gone on. */
  const leave = useCallback(
    (field: Field) => {
      const reason = same(before[field.name], values[field.name]) ? undefined : wrong(field, values[field.name]);
      if (reason !== undefined) setReasons((now) => ({ ...now, [field.name]: reason }));
    },
    [before, values],
  );
  return { reasons, setReasons, judge, leave };
}

/** What a preset form belongs to, so that its draft is found again there and nowhere else. */
function ties(preset: Fields | undefined): string {
  const refs = Object.entries(preset ?? {})
    .map(([name, value]) => [name, asRef(value)] as const)
    .filter(([, ref]) => ref !== null);
  return refs.map(([name, ref]) => `:${name}=${ref?.id ?? ""}`).join("");
}

export type FormState = ReturnType<typeof useForm>;
