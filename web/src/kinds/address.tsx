import { useRef, useState, type KeyboardEvent } from "react";
import { Cascader, TextBox } from "../kit/heavy";
import { firstWay, placeText, useDivisions, wayTo } from "./divisions";
import type { CellProps, FilterProps, InputProps, Kind } from "./kind";
import { TextFilter } from "./TextFilter";
import { asAddress, asText } from "./values";

function AddressCell({ value }: CellProps) {
  const places = useDivisions().data;
  const at = asAddress(value);
  return (
    at && (
      <span>
        {placeText(at.code, places)} {at.detail}
        {at.detail && <Way to={`${placeText(at.code, places)}${at.detail}`.replaceAll(" ", "")} />}
      </span>
    )
  );
}

/** 高德 works in every browser in China and opens its own programme where one is installed; no key, nothing loaded before it is pressed. */
function Way({ to }: { to: string }) {
  return (
    <a
      className="way"
      href={`https://uri.amap.com/search?keyword=${encodeURIComponent(to)}&callnative=1`}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`在地图中导航到${to}`}
      title="在地图中导航"
      onClick={(event) => event.stopPropagation()}
    >
      导航
    </a>
  );
}

const MARKED = ".ant-cascader-dropdown:not(.ant-select-dropdown-hidden) .ant-cascader-menu-item-active";

interface RegionProps {
  code: string;
  onChange: (code: string) => void;
  label: string;
  id?: string;
  invalid?: boolean;
  disabled?: boolean;
}

function Region({ code, onChange, label, id, invalid, disabled }: RegionProps) {
  const places = useDivisions().data ?? [];
  const asked = useRef("");
  const choose = (way: string[]) => onChange(way.at(-1) ?? "");
  const [open, setOpen] = useState(false);
  /** Enter takes the first line of what is shown, when no other is marked. */
  const enter = (event: KeyboardEvent) => {
    const first =
      event.key === "Enter" && !event.nativeEvent.isComposing && asked.current.trim() && !document.querySelector(MARKED)
        ? firstWay(asked.current.trim(), places)
        : [];
    if (first.length === 0) return;
    event.preventDefault();
    choose(first);
    setOpen(false);
  };
  return (
    <Cascader
      open={open}
      onOpenChange={setOpen}
      onKeyDown={enter}
      id={id}
      className="grow"
      aria-label={label}
      placeholder="省 / 市 / 区县"
      changeOnSelect
      showSearch={{
        onSearch: (words) => {
          asked.current = words;
        },
      }}
      disabled={disabled}
      options={places}
      value={wayTo(code, places).map(({ value }) => value)}
      status={invalid ? "error" : ""}
      onChange={(way: unknown) => choose(Array.isArray(way) ? way.map(asText) : [])}
    />
  );
}

function AddressInput({ field, value, onChange, id, invalid, disabled }: InputProps) {
  const at = asAddress(value) ?? { code: "", detail: "" };
  const set = (next: typeof at) => onChange(next.code || next.detail ? next : null);
  return (
    <span className="pair pair-wide">
      <Region
        id={id}
        code={at.code}
        label={`${field.label}：省市区`}
        invalid={invalid}
        disabled={disabled}
        onChange={(code) => set({ ...at, code })}
      />
      <TextBox
        value={at.detail}
        placeholder="街道、门牌"
        aria-label={`${field.label}：详细地址`}
        disabled={disabled}
        onChange={(event) => set({ ...at, detail: event.target.value })}
      />
    </span>
  );
}

function AddressFilter(props: FilterProps) {
  if (props.op !== "within") return <TextFilter {...props} />;
  return <Region code={asText(props.value)} label={props.field.label} onChange={props.onChange} />;
}

export const address: Kind = {
  Cell: AddressCell,
  Input: AddressInput,
  Filter: AddressFilter,
  blank: null,
  width: 220,
  wide: true,
  text: (value) => {
    const at = asAddress(value);
    return at ? `${at.code} ${at.detail}`.trim() : asText(value);
  },
  send: (value) => asAddress(value),
};
