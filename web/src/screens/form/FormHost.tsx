import { lazy, Suspense, useCallback, useMemo, useState, type ReactNode } from "react";
import { may, useMeta } from "../../app/meta";
import type { RecordRow } from "../../client/types";
import { AddingContext } from "../../kinds/adding";
import { asText } from "../../kinds/values";
import { FormHostContext, type FormRequest } from "./host";

const FormDrawer = lazy(() => import("./FormDrawer"));

interface Open extends FormRequest {
  key: number;
}

export function FormHost({ children }: { children: ReactNode }) {
  const [forms, setForms] = useState<Open[]>([]);
  const open = useCallback(
    (request: FormRequest) => setForms((now) => [...now, { ...request, key: Date.now() + now.length }]),
    [],
  );
  const close = useCallback((key: number) => setForms((now) => now.filter((form) => form.key !== key)), []);
  const host = useMemo(() => ({ open }), [open]);
  const adding = useAdding(open);
  return (
    <FormHostContext value={host}>
      <AddingContext value={adding}>
        {children}
        <Suspense>
          {forms.map((form) => (
            <FormDrawer key={form.key} request={form} onClose={() => close(form.key)} />
          ))}
        </Suspense>
      </AddingContext>
    </FormHostContext>
  );
}

function useAdding(open: (request: FormRequest) => void) {
  const { objects } = useMeta();
  return useCallback(
    (collection: string) => {
      const object = objects[collection];
      if (!object || !may(object, "add")) return null;
      return {
        label: object.label,
        open: (typed: string, made: (ref: { id: RecordRow["id"]; label: string }) => void) =>
          open({
            collection,
            quick: true,
            awaited: true,
            preset: typed ? { [object.title]: typed } : {},
            onSaved: (record) => made({ id: record.id, label: asText(record[object.title]) || `#${record.id}` }),
          }),
      };
    },
    [objects, open],
  );
}
