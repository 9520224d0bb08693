import { Button, Checkbox, Popover } from "antd";
import { fieldsOf, ownFirst } from "../../app/meta";
import type { Description } from "../../client/types";
import { ArrowDownIcon, ArrowUpIcon, SettingIcon } from "../../kit/icons";

interface Props { object: Description; columns: string[]; onChange: (columns: string[]) => void }

/** Which columns, and in what order. */
export function Columns({ object, columns, onChange }: Props) {
  const rest = ownFirst(object).filter(({ name }) => !columns.includes(name)).map(({ name }) => name);
  const move = (index: number, by: number) => {
    const name = columns[index];
    if (name !== undefined) onChange(columns.toSpliced(index, 1).toSpliced(index + by, 0, name));
  };
  const content = (
    <div className="columns-pop">
      {fieldsOf(object, columns).map(({ name, label }, index) => (
        <div key={name} className="columns-row">
          <Checkbox checked disabled={columns.length === 1} onChange={() => onChange(columns.toSpliced(index, 1))}>{label}</Checkbox>
          <span>
            <Button size="small" type="text" icon={<ArrowUpIcon />} aria-label={`${label}左移`} disabled={index === 0} onClick={() => move(index, -1)} />
            <Button size="small" type="text" icon={<ArrowDownIcon />} aria-label={`${label}右移`} disabled={index === columns.length - 1} onClick={() => move(index, 1)} />
          </span>
        </div>
      ))}
      <hr />
      {fieldsOf(object, rest).map(({ name, label }) => (
        <div key={name} className="columns-row"><Checkbox checked={false} onChange={() => onChange([...columns, name])}>{label}</Checkbox></div>
      ))}
      <Button size="small" type="link" onClick={() => onChange(object.columns)}>恢复默认</Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content} title="显示的栏目">
      <Button icon={<SettingIcon />} aria-label="选择栏目" title="选择栏目" />
    </Popover>
  );
}
