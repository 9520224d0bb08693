import { Input } from "antd";
import { useState } from "react";
import { records } from "../../../client/api";
import { Ask } from "../../../kit/ask";
import { Select } from "../../../kit/heavy";
import type { Held } from "./Company";
import { placesFor, TOP, wayTo, type Department } from "./tree";
import { DEPARTMENTS, put, type Carry } from "./useCompany";

export type Question =
  | { about: "add"; parent: Department | null }
  | { about: "rename" | "close" | "reopen"; department: Department }
  | { about: "move"; held: Held };

interface Props {
  question: Question;
  all: Department[];
  carry: Carry;
  move: (held: Held, to: string) => void;
  onClose: () => void;
}

/** One question about the tree, asked over the page. */
export function Asking(props: Props) {
  const { question } = props;
  if (question.about === "add") return <Add {...props} parent={question.parent} />;
  if (question.about === "move") return <Move {...props} held={question.held} />;
  return question.about === "rename" ? (
    <Rename {...props} department={question.department} />
  ) : (
    <Close {...props} department={question.department} closing={question.about === "close"} />
  );
}

function Add({ parent, carry, onClose }: Props & { parent: Department | null }) {
  const [name, setName] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const go = () =>
    carry(
      () => records.create(DEPARTMENTS, { name: name.trim(), parent: parent && Number(parent.id) }, key),
      `已新建“${name.trim()}”`,
    );
  return (
    <Ask
      title={parent ? `在“${parent.name}”下新建部门` : "新建部门"}
      ok="新建"
      disabled={!name.trim()}
      onOk={go}
      onClose={onClose}
    >
      <Input
        autoFocus
        value={name}
        maxLength={200}
        placeholder="部门名称"
        aria-label="部门名称"
        onChange={({ target }) => setName(target.value)}
      />
    </Ask>
  );
}

function Rename({ department, carry, onClose }: Props & { department: Department }) {
  const [name, setName] = useState(department.name);
  const call = (said: string) => () => put(DEPARTMENTS, department.id, { name: said });
  const go = () => carry(call(name.trim()), `已改名为“${name.trim()}”`, call(department.name));
  return (
    <Ask
      title={`“${department.name}”改名`}
      ok="改名"
      disabled={!name.trim() || name.trim() === department.name}
      onOk={go}
      onClose={onClose}
    >
      <Input autoFocus value={name} maxLength={200} aria-label="部门名称" onChange={({ target }) => setName(target.value)} />
    </Ask>
  );
}

/** The same move as by dragging, for the keyboard and for trees too long to drag across. */
function Move({ held, all, move, onClose }: Props & { held: Held }) {
  const [to, setTo] = useState<string | null>(null);
  const department = held.collection === DEPARTMENTS;
  const places = placesFor(all, department ? held.id : null).map(({ id }) => ({ value: id, label: wayTo(all, id) }));
  const options = [...(department ? [{ value: TOP, label: "公司（最上层）" }] : []), ...places].filter(
    ({ value }) => value !== held.from,
  );
  const go = () => {
    if (to !== null) move(held, to);
    return Promise.resolve(true);
  };
  return (
    <Ask title={`把“${held.label}”移到`} ok="移动" disabled={to === null} onOk={go} onClose={onClose}>
      <Select
        className="grow"
        showSearch={{ optionFilterProp: "label" }}
        placeholder="选择部门"
        aria-label="选择部门"
        options={options}
        value={to}
        onChange={(value: unknown) => setTo(String(value))}
      />
    </Ask>
  );
}

function Close({ department, closing, carry, onClose }: Props & { department: Department; closing: boolean }) {
  const go = () =>
    carry(
      () => records.act(DEPARTMENTS, department.id, closing ? "close" : "reopen", {}),
      closing ? `已撤销“${department.name}”` : `已恢复“${department.name}”`,
    );
  return (
    <Ask
      title={closing ? `撤销“${department.name}”` : `恢复“${department.name}”`}
      ok={closing ? "撤销部门" : "恢复部门"}
      danger={closing}
      onOk={go}
      onClose={onClose}
    >
      <p>
        {closing
          ? "撤销后不能再把人放进来，名下的记录原样保留，可以随时恢复。还有在职人员或下级部门时不能撤销。"
          : "恢复后又可以放人、建下级部门。"}
      </p>
    </Ask>
  );
}
