import { Button } from "antd";
import { useState, type KeyboardEvent } from "react";
import type { Description, Fields } from "../../client/types";
import { kindOf } from "../../kinds";
import { toast } from "../../kit/toast";
import { useFormHost } from "./host";
import { FieldGrid } from "./FieldGrid";
import { POSTED } from "./FormBody";
import { useForm } from "./useForm";
import { useSave } from "./useSave";

interface Props {
  object: Description;
  preset: Fields;
  title: string;
  save: string;
}

/** The quick form of an object, standing in a page instead of a drawer. */
export function InlineForm(props: Props) {
  const [round, setRound] = useState(0);
  return <Round key={round} {...props} next={() => setRound(round + 1)} />;
}

function Round({ object, preset, title, save, next }: Props & { next: () => void }) {
  const form = useForm(object, null, preset, true);
  const { open } = useFormHost();
  const saving = useSave(object, null, preset, form, {
    done: () => {
      toast.ok(`已${save}`);
      next();
    },
    posted: () => {
      toast.ok(POSTED);
      next();
    },
  });
  const shown = form.fields
    .filter(({ name }) => !(name in preset))
    .toSorted((one, other) => Number(kindOf(other).wide ?? false) - Number(kindOf(one).wide ?? false));
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void saving.save();
  };
  return (
    <form
      className="panel inline-form"
      aria-label={title}
      onKeyDown={keys}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save();
      }}
    >
      <div className="panel-head">
        <h2>{title}</h2>
        <span className="spacer" />
        <Button
          size="small"
          type="link"
          onClick={() => open({ collection: object.collection, preset: { ...preset, ...form.values } })}
        >
          更多栏目
        </Button>
      </div>
      {saving.error && (
        <p className="notice notice-error" role="alert">
          {saving.error}
        </p>
      )}
      <FieldGrid fields={shown} values={form.values} reasons={form.reasons} set={form.set} leave={form.leave} />
      <div className="inline-foot">
        <Button type="primary" htmlType="submit" loading={saving.busy}>
          {save}
        </Button>
      </div>
    </form>
  );
}
