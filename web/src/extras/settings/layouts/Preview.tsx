import { useMemo, useState } from "react";
import type { Arrangement } from "../../../client/layouts";
import type { Description, Fields } from "../../../client/types";
import { withDemanded } from "../../../screens/form/demanded";
import { FieldGrid } from "../../../screens/form/FieldGrid";
import { editableSections, initialValues } from "../../../screens/form/values";

/** The form as the role will have it, to be tried out: what is asked for in a case appears as one types. */
export function Preview({ object, arrangement }: { object: Description; arrangement: Arrangement }) {
  const [typed, setTyped] = useState<Fields>({});
  const described = useMemo(
    () => ({ ...object, sections: arrangement.sections, required_when: arrangement.required }),
    [object, arrangement],
  );
  const placed = useMemo(() => editableSections(described, false), [described]);
  const values = {
    ...initialValues(
      placed.flatMap(({ fields }) => fields),
      null,
    ),
    ...typed,
  };
  const sections = withDemanded(described, placed, values, false);
  return (
    <section className="panel layout-preview" aria-label="预览">
      <div className="panel-head">
        <h2>预览</h2>
        <span className="muted">填一填看看，不会保存</span>
      </div>
      {sections.map(({ label, fields }) => (
        <fieldset key={label} className="form-section">
          {label && <legend>{label}</legend>}
          <FieldGrid
            fields={fields}
            values={values}
            reasons={{}}
            set={(name, value) => setTyped((now) => ({ ...now, [name]: value }))}
          />
        </fieldset>
      ))}
    </section>
  );
}
