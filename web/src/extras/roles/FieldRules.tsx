import { Segmented, Select } from "antd";
import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import { roles, type FieldRule, type GrantedObject, type RoleMatrix, type RuledField } from "../../client/settings";
import { useAttempt } from "../../kit/useAttempt";

const OPEN = "open";

/** 字段权限: what people with this role read only in part, only read, or never see; in force as soon as it is chosen. */
export function FieldRules({ matrix }: { matrix: RoleMatrix }) {
  const ruled = matrix.objects.filter(({ fields }) => fields.length > 0);
  const [chosen, setChosen] = useState(() => Object.keys(matrix.fields)[0] ?? ruled[0]?.collection ?? "");
  const object = ruled.find(({ collection }) => collection === chosen);
  const label = ({ collection, label: name }: GrantedObject) => {
    const count = Object.keys(matrix.fields[collection] ?? {}).length;
    return count > 0 ? `${name}（${count}）` : name;
  };
  return (
    <section className="panel" aria-label="字段权限">
      <div className="panel-head">
        <h2>字段权限</h2>
        <span className="muted">一人有多个角色时取最宽的一种；隐藏的字段在列表、搜索、报表、导出和历史里都不存在</span>
      </div>
      <Select
        className="field-rules-object"
        value={chosen}
        aria-label="对象"
        onChange={setChosen}
        options={ruled.map((one) => ({ value: one.collection, label: label(one) }))}
      />
      {object && (
        <ul className="field-rules">
          {object.fields.map((field) => (
            <Rule key={`${chosen}.${field.name}`} matrix={matrix} collection={chosen} field={field} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Rule({ matrix, collection, field }: { matrix: RoleMatrix; collection: string; field: RuledField }) {
  const refresh = useRefresh();
  const { busy, attempt } = useAttempt();
  const now = matrix.fields[collection]?.[field.name] ?? OPEN;
  const choose = (rule: string) =>
    attempt(async () => {
      await roles.rule(matrix.id, collection, field.name, rule === OPEN ? null : (rule as FieldRule), matrix.version);
      await refresh();
    });
  const options = [
    { value: OPEN, label: "开放" },
    ...matrix.rules.map(({ name, label }) => ({ value: name, label, disabled: !field.rules.includes(name) })),
  ]; // all of them, so that they stand in columns
  return (
    <li className={now === OPEN ? "" : "field-ruled"}>
      <span>{field.label}</span>
      <Segmented
        size="small"
        aria-label={field.label}
        disabled={busy || !matrix.may_grant}
        value={now}
        options={options}
        onChange={(rule) => void choose(rule)}
      />
    </li>
  );
}
