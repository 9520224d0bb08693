/** 页面布局: the pages of an object as each role works with them. */
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { inMenuOrder, useMeta } from "../../../app/meta";
import "../../../app/layouts.css";
import { records } from "../../../client/api";
import { layouts } from "../../../client/layouts";
import type { Ref } from "../../../client/types";
import { asText } from "../../../kinds/values";
import { Select } from "../../../kit/heavy";
import { Problem } from "../../../kit/Problem";
import { Skeleton } from "../../../kit/Skeleton";
import { Editor } from "./Editor";

const ROLES = "roles";

export default function Layouts() {
  const meta = useMeta();
  const [search, setSearch] = useSearchParams();
  const roles = useQuery({ queryKey: [ROLES, "choices"], queryFn: everyRole });
  const kept = useQuery({ queryKey: ["layouts"], queryFn: layouts.kept });
  const objects = inMenuOrder(meta).filter(({ sections }) => sections.length > 0);
  const object = objects.find(({ collection }) => collection === search.get("object")) ?? objects[0];
  const role = roles.data?.find(({ id }) => String(id) === search.get("role")) ?? roles.data?.[0];
  if (roles.isError) return <Problem cause={roles.error} retry={() => void roles.refetch()} />;
  if (!role || !object)
    return (
      <div className="page">
        <Skeleton rows={10} />
      </div>
    );
  const own = (at: string, collection: string) =>
    kept.data?.some((one) => String(one.role) === at && one.collection === collection) ?? false;
  const go = (next: { role?: string; object?: string }) =>
    setSearch({ role: String(role.id), object: object.collection, ...next }, { replace: true });
  return (
    <div className="page layouts">
      <title>页面布局 · 知客</title>
      <h1>页面布局</h1>
      <p className="muted">
        每个角色的表单和记录页可以不同：分组、次序、隐藏、什么时候必填。这里只管看得见看不见，不是权限；有多个角色的人，只要有一个角色能看到就能看到。
      </p>
      <div className="layout-which">
        <Which
          label="角色"
          value={String(role.id)}
          options={roles.data?.map(({ id, label }) => ({
            value: String(id),
            label: mark(label, own(String(id), object.collection)),
          }))}
          onChoose={(chosen) => go({ role: chosen })}
        />
        <Which
          label="对象"
          value={object.collection}
          options={objects.map(({ collection, label }) => ({
            value: collection,
            label: mark(label, own(String(role.id), collection)),
          }))}
          onChoose={(chosen) => go({ object: chosen })}
        />
      </div>
      <Editor key={`${role.id} ${object.collection}`} role={role} object={object} />
    </div>
  );
}

const mark = (label: string, special: boolean) => (special ? `${label}（已调整）` : label);

async function everyRole(): Promise<Ref[]> {
  const { rows } = await records.list(ROLES, { fields: ["id", "name"], order: "name", limit: 200 });
  return rows.map(({ id, name }) => ({ id, label: asText(name) }));
}

interface WhichProps {
  label: string;
  value: string;
  options: { value: string; label: string }[] | undefined;
  onChoose: (value: string) => void;
}

/** One half of the question whose pages these are: of which role, of which object. */
function Which({ label, value, options, onChoose }: WhichProps) {
  return (
    <label>
      {label}
      <Select
        aria-label={label}
        showSearch={{ optionFilterProp: "label" }}
        value={value}
        options={options}
        onChange={(chosen: unknown) => onChoose(String(chosen))}
      />
    </label>
  );
}
