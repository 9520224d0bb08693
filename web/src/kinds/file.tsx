import { later } from "../kit/heavy";
import { FileLink } from "./FileLink";
import type { CellProps, InputProps, Kind } from "./kind";
import { asFiles } from "./values";

const Cell = ({ value }: CellProps) => (
  <span className="badges">
    {asFiles(value).map((file) => (
      <FileLink key={file.id} file={file} />
    ))}
  </span>
);

/** Camera and microphone come when somebody writes, not when somebody reads. */
const Input = later<InputProps>(() => import("./FileInput"));

const NoValue = () => null;

export const file: Kind = {
  Cell,
  Input,
  Filter: NoValue,
  blank: [],
  width: 180,
  wide: true,
  text: (value) =>
    asFiles(value)
      .map(({ name }) => name)
      .join("、"),
  send: (value) => asFiles(value).map(({ id }) => id),
};
