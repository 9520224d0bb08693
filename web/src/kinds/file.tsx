import { Button } from "antd";
import { useRef, useState } from "react";
import { files } from "../client/api";
import type { StoredFile } from "../client/types";
import type { CellProps, InputProps, Kind } from "./kind";
import { asFiles } from "./values";
import { DeleteIcon, PaperClipIcon, UploadIcon } from "../kit/frameIcons";

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function FileLink({ file }: { file: StoredFile }) {
  return (
    <a href={files.link(file.id)} download={file.name} onClick={(event) => event.stopPropagation()}>
      <PaperClipIcon /> {file.name} <small className="muted">{fileSize(file.size)}</small>
    </a>
  );
}

const Cell = ({ value }: CellProps) => <span className="badges">{asFiles(value).map((file) => <FileLink key={file.id} file={file} />)}</span>;

function Input({ field, value, onChange, disabled, id }: InputProps) {
  const chosen = asFiles(value);
  const picker = useRef<HTMLInputElement>(null);
  const upload = useUpload((added) => onChange([...chosen, ...added]));
  return (
    <div className="files">
      {chosen.map((file) => (
        <span key={file.id} className="file">
          <FileLink file={file} />
          <Button type="text" size="small" icon={<DeleteIcon />} aria-label={`移除${file.name}`} onClick={() => onChange(chosen.filter(({ id }) => id !== file.id))} />
        </span>
      ))}
      <input ref={picker} type="file" multiple hidden aria-label={field.label} onChange={(event) => void upload.send(event.target.files)} />
      <Button id={id} icon={<UploadIcon />} disabled={disabled} loading={upload.busy} onClick={() => picker.current?.click()}>添加文件</Button>
      {upload.error && <p role="alert" className="reason">{upload.error}</p>}
    </div>
  );
}

function useUpload(done: (added: StoredFile[]) => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const send = async (list: FileList | null) => {
    setBusy(true);
    setError("");
    try {
      done(await Promise.all([...(list ?? [])].map(files.upload)));
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : "上传没有成功");
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, send };
}

const NoValue = () => null;

export const file: Kind = {
  Cell, Input, Filter: NoValue, blank: [], width: 180, wide: true,
  text: (value) => asFiles(value).map(({ name }) => name).join("、"),
  send: (value) => asFiles(value).map(({ id }) => id),
};
