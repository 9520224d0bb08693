import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { fieldOf, useMeta } from "../app/meta";
import { delegations, type Delegation } from "../client/delegations";
import type { Ref } from "../client/types";
import { RefPicker } from "../kinds/RefPicker";
import { Ask } from "../kit/ask";
import { toast } from "../kit/toast";

/** 授权代理: whom one may act for, who may act for oneself, and a new delegation. */
export default function Delegations({ onClose }: { onClose: () => void }) {
  const found = useQuery({ queryKey: ["session", "delegations"], queryFn: delegations.list, staleTime: 0 });
  const { given = [], received = [] } = found.data ?? {};
  const [adding, setAdding] = useState(false);
  if (adding)
    return (
      <Giving
        onClose={() => {
          setAdding(false);
          void found.refetch();
        }}
      />
    );
  return (
    <Ask
      title="授权代理"
      ok="授权同事代理"
      onOk={() => {
        setAdding(true);
        return Promise.resolve(false);
      }}
      onClose={onClose}
    >
      <h3>我可以代理</h3>
      {received.length === 0 && <p className="nothing-yet">没有人授权您代理</p>}
      <ul className="shares">
        {received.map((one) => (
          <li key={one.id}>
            <strong>{one.principal.label}</strong>
            <Scope one={one} />
            {one.now && <Button size="small" onClick={() => void act(one)}>{`以${one.principal.label}的身份工作`}</Button>}
          </li>
        ))}
      </ul>
      <h3>可以代理我的</h3>
      {given.length === 0 && <p className="nothing-yet">您没有授权任何人</p>}
      <ul className="shares">
        {given.map((one) => (
          <li key={one.id}>
            <strong>{one.delegate.label}</strong>
            <Scope one={one} />
            <Button size="small" type="text" onClick={() => void takeBack(one, () => void found.refetch())}>
              收回
            </Button>
          </li>
        ))}
      </ul>
    </Ask>
  );
}

const Scope = ({ one }: { one: Delegation }) => (
  <span className="muted">
    {`${one.starts_on} 至 ${one.ends_on}`} · {one.depth === "view" ? "只查看" : "查看和处理"} ·{" "}
    {one.objects.join("、") || "全部业务对象"}
  </span>
);

/** Whoever acts for somebody begins anew as that person, with nothing left of what was on the screen. */
async function act(one: Delegation) {
  try {
    await delegations.act(one.id);
    location.assign("/");
  } catch (cause) {
    toast.error(cause);
  }
}

async function takeBack(one: Delegation, done: () => void) {
  try {
    await delegations.takeBack(one.id);
    toast.ok(`已收回对${one.delegate.label}的授权`);
    done();
  } catch (cause) {
    toast.error(cause);
  }
}

const day = (date: dayjs.Dayjs) => date.format("YYYY-MM-DD");

function Giving({ onClose }: { onClose: () => void }) {
  const [to, setTo] = useState<Ref | null>(null);
  const [days, setDays] = useState<[dayjs.Dayjs, dayjs.Dayjs]>([dayjs(), dayjs().add(7, "day")]);
  const [depth, setDepth] = useState<Delegation["depth"]>("work");
  const [collections, setCollections] = useState<string[]>([]);
  const give = async () => {
    if (!to) return;
    await delegations.give({ delegate: to.id, starts_on: day(days[0]), ends_on: day(days[1]), depth, collections });
    toast.ok(`已授权${to.label}代理`);
  };
  return (
    <Ask title="授权同事代理" ok="授权" disabled={!to} onOk={give} onClose={onClose}>
      <div className="share-form">
        <Delegate value={to} onChange={setTo} />
        <div className="field">
          <label>期限</label>
          <DatePicker.RangePicker
            value={days}
            allowClear={false}
            minDate={dayjs()}
            onChange={(next) => {
              if (next?.[0] && next[1]) setDays([next[0], next[1]]);
            }}
          />
        </div>
        <div className="field">
          <label>范围</label>
          <Segmented<Delegation["depth"]>
            value={depth}
            options={[
              { value: "view", label: "只查看" },
              { value: "work", label: "查看和处理" },
            ]}
            onChange={setDepth}
          />
        </div>
        <Objects value={collections} onChange={setCollections} />
        <p className="muted">
          处理包括新建、修改和各种动作，不包括删除、转交、导入和导出；审批、密码和权限始终只能由本人办理。历史里会写明是谁代办的。
        </p>
      </div>
    </Ask>
  );
}

function Delegate({ value, onChange }: { value: Ref | null; onChange: (to: Ref | null) => void }) {
  const { objects } = useMeta();
  const people =
    Object.values(objects)
      .map((object) => fieldOf(object, "owner")?.to)
      .find(Boolean) ?? "";
  return (
    <div className="field">
      <label htmlFor="delegate-to">代理人</label>
      <RefPicker
        id="delegate-to"
        autoFocus
        to={people}
        label="代理人"
        value={value}
        onChange={(next) => onChange(Array.isArray(next) ? null : next)}
      />
    </div>
  );
}

function Objects({ value, onChange }: { value: string[]; onChange: (collections: string[]) => void }) {
  const { objects } = useMeta();
  return (
    <div className="field">
      <label htmlFor="delegate-objects">对象</label>
      <Select
        id="delegate-objects"
        mode="multiple"
        placeholder="全部业务对象"
        value={value}
        onChange={onChange}
        showSearch={{ optionFilterProp: "label" }}
        options={Object.values(objects)
          .filter(({ menu }) => menu)
          .map(({ collection, label }) => ({ value: collection, label }))}
      />
    </div>
  );
}
