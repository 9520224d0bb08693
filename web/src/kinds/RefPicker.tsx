/** Finding another record by name, pinyin, phone or number while typing. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useContext, useState } from "react";
import { records } from "../client/api";
import type { Choice, Ref } from "../client/types";
import { OpenAtOnce, Select } from "../kit/heavy";
import { useDebounced } from "../kit/useDebounced";
import { useAdd } from "./adding";
import { PlusIcon } from "../kit/frameIcons";

interface Props {
  to: string;
  label: string;
  value: Ref | Ref[] | null;
  onChange: (value: Ref | Ref[] | null) => void;
  multiple?: boolean;
  first?: Choice[];
  addNew?: boolean;
  id?: string;
  invalid?: boolean;
  describedBy?: string;
  autoFocus?: boolean;
  disabled?: boolean;
  placeholder?: string;
}

interface Item {
  value: string | number;
  label: string;
  hint?: string;
}

export function RefPicker(props: Props) {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(useContext(OpenAtOnce));
  const found = useChoices(props.to, typed, open);
  const first = typed ? [] : (props.first ?? []);
  const pick = (next: Item | Item[] | null | undefined) => {
    setTyped("");
    props.onChange(Array.isArray(next) ? next.map(toRef) : next ? toRef(next) : null);
  };
  return (
    <Select
      id={props.id}
      className="grow"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      status={props.invalid ? "error" : ""}
      mode={props.multiple ? "multiple" : undefined}
      labelInValue
      allowClear
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      autoFocus={props.autoFocus}
      disabled={props.disabled}
      placeholder={props.placeholder ?? "名称、拼音或编号"}
      open={open}
      onOpenChange={setOpen}
      value={Array.isArray(props.value) ? props.value.map(toItem) : props.value && toItem(props.value)}
      onChange={(next: unknown) => pick(next as Item | Item[] | null | undefined)}
      options={[...first, ...(found.data?.rows ?? [])].map(toOption)}
      loading={found.isFetching}
      optionRender={({ label, data }) => (
        <span className="choice">
          {label}
          <small>{(data as Item).hint}</small>
        </span>
      )}
      notFoundContent={found.isFetching ? "正在查找…" : typed ? "没有找到" : "输入名称或拼音查找"}
      popupRender={(menu) => (
        <>
          {menu}
          {props.addNew && <AddNew {...props} typed={typed} close={() => setOpen(false)} />}
        </>
      )}
    />
  );
}

function useChoices(to: string, typed: string, open: boolean) {
  const q = useDebounced(typed.trim(), 150);
  return useQuery({
    queryKey: [to, "options", q],
    queryFn: ({ signal }) => records.options(to, q, signal),
    enabled: open && to !== "",
    placeholderData: keepPreviousData,
  });
}

function AddNew({ to, typed, value, multiple, onChange, close }: Props & { typed: string; close: () => void }) {
  const add = useAdd(to);
  if (!add) return null;
  const made = (ref: Ref) => onChange(multiple ? [...(Array.isArray(value) ? value : []), ref] : ref);
  return (
    <Button
      type="text"
      block
      className="add-new"
      icon={<PlusIcon />}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        close();
        add.open(typed, made);
      }}
    >
      新建{add.label}
      {typed && `“${typed}”`}
    </Button>
  );
}

const toItem = (ref: Ref): Item => ({ value: ref.id, label: ref.label });
const toRef = (item: Item): Ref => ({ id: item.value, label: item.label });
const toOption = (choice: Choice): Item => ({ ...toItem(choice), hint: choice.hint });
