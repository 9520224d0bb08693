/** 模块: whole domains, switched off and on for everybody at once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Input, Switch } from "antd";
import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import "../../app/modules.css";
import { modules, type Module, type Neighbour } from "../../client/modules";
import { momentText } from "../../kinds/dates";
import { Ask } from "../../kit/ask";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";

export default function Modules() {
  const [turning, setTurning] = useState<Module | null>(null);
  const found = useQuery({ queryKey: ["modules"], queryFn: modules.list });
  if (found.isPending)
    return (
      <div className="page narrow-page">
        <Skeleton rows={8} />
      </div>
    );
  if (found.isError) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="page narrow-page">
      <title>模块 · 知客</title>
      <h1>模块</h1>
      <p className="muted">
        用不到的模块可以停用：它的菜单、权限、搜索、报表、工作台卡片、导入导出和接口对所有人立即消失，数据原样保留；再启用时一切照旧。
      </p>
      <ul className="rows modules">
        {found.data.map((module) => (
          <Row key={module.name} module={module} onTurn={() => setTurning(module)} />
        ))}
      </ul>
      {turning && <Turn module={turning} onClose={() => setTurning(null)} />}
    </div>
  );
}

const named = (modules: Neighbour[]) => modules.map(({ label }) => `“${label}”`).join("、");

/** Why its switch stays as it is; empty when it may be turned. */
function held({ enabled, needs, needed_by }: Module): string {
  const standing = enabled ? needed_by.filter((other) => other.enabled) : needs.filter((other) => !other.enabled);
  if (standing.length === 0) return "";
  return enabled
    ? `${named(standing)}要用到它，先停用${named(standing)}才能停用它`
    : `它要用到${named(standing)}，先启用${named(standing)}才能启用它`;
}

function Row({ module, onTurn }: { module: Module; onTurn: () => void }) {
  const why = held(module);
  const { last, label, enabled } = module;
  return (
    <li className={enabled ? "" : "module-off"}>
      <Switch
        checked={enabled}
        disabled={why !== ""}
        onChange={onTurn}
        aria-label={`启用“${label}”`}
        aria-describedby={why ? `held-${module.name}` : undefined}
      />
      <div>
        <strong>{label}</strong>
        {!enabled && <small className="module-state">已停用</small>}
        <p className="muted">{module.objects.map((object) => object.label).join("、")}</p>
        {why && (
          <p className="module-held" id={`held-${module.name}`}>
            {why}
          </p>
        )}
        {last && (
          <p className="muted">
            <small>
              {enabled
                ? `${last.by?.label ?? "系统"} 于 ${momentText(last.at)} 启用`
                : `${last.by?.label ?? "系统"} 于 ${momentText(last.at)} 停用`}
              {last.reason && (
                <>
                  {" · "}
                  {last.reason}
                </>
              )}
            </small>
          </p>
        )}
      </div>
    </li>
  );
}

function Turn({ module, onClose }: { module: Module; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const refresh = useRefresh();
  const { label, enabled } = module;
  const go = async () => {
    await modules.turn(module.name, !enabled, reason.trim());
    await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ["meta"] })]);
    toast.ok(enabled ? `已停用“${label}”` : `已启用“${label}”`);
  };
  return (
    <Ask
      title={enabled ? `停用“${label}”` : `启用“${label}”`}
      ok={enabled ? "停用" : "启用"}
      danger={enabled}
      onOk={go}
      onClose={onClose}
    >
      <p>
        {enabled
          ? `${module.objects.map((object) => object.label).join("、")}对所有人立即消失，连同指向它们的字段；数据一条不动，随时可以再启用。`
          : `${module.objects.map((object) => object.label).join("、")}回到原来的样子，权限也和停用前一样。`}
      </p>
      <label className="module-reason">
        说明（给以后的管理员看）
        <Input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
      </label>
    </Ask>
  );
}
