import { Button } from "antd";
import { useRef, useState } from "react";
import { files } from "../client/api";
import { Failure } from "../client/http";
import type { StoredFile } from "../client/types";
import type { CellProps, InputProps, Kind } from "./kind";
import { asFiles } from "./values";
import { CameraIcon, DeleteIcon, PaperClipIcon, UploadIcon } from "../kit/frameIcons";
import { usePhone } from "../kit/useMedia";
import { isLocal, keepFile } from "../offline/files";
import { Recorder } from "./Recorder";
import "./file.css";

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function FileLink({ file }: { file: StoredFile }) {
  if (isLocal(file.id)) return <span><PaperClipIcon /> {file.name} <small className="muted">{fileSize(file.size)}，联网后上传</small></span>;
  if (file.type.startsWith("audio/")) return <Recording file={file} />;
  return (
    <a href={files.link(file.id)} download={file.name} onClick={(event) => event.stopPropagation()}>
      <PaperClipIcon /> {file.name} <small className="muted">{fileSize(file.size)}</small>
    </a>
  );
}

function Recording({ file }: { file: StoredFile }) {
  return <span className="recording"><small className="muted">{file.name}</small><audio controls preload="none" src={files.link(file.id)} aria-label={file.name} /></span>;
}

const Cell = ({ value }: CellProps) => <span className="badges">{asFiles(value).map((file) => <FileLink key={file.id} file={file} />)}</span>;

function Input({ field, value, onChange, disabled, id }: InputProps) {
  const chosen = asFiles(value);
  const upload = useUpload((added) => onChange([...chosen, ...added]));
  return (
    <div className="files">
      {chosen.map((file) => (
        <span key={file.id} className="file">
          <FileLink file={file} />
          <Button type="text" size="small" icon={<DeleteIcon />} aria-label={`移除${file.name}`} onClick={() => onChange(chosen.filter(({ id }) => id !== file.id))} />
        </span>
      ))}
      <Sources id={id} label={field.label} disabled={disabled} upload={upload} />
      {upload.error && <p role="alert" className="reason">{upload.error}</p>}
    </div>
  );
}

interface SourcesProps { id?: string; label: string; disabled?: boolean; upload: ReturnType<typeof useUpload> }

/** From the disk; on a phone from the camera and the microphone as well. */
function Sources({ id, label, disabled, upload }: SourcesProps) {
  const [picker, camera] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const phone = usePhone();
  const take = (input: HTMLInputElement) => { void upload.send([...(input.files ?? [])]); input.value = ""; };
  return (
    <span className="sources">
      <input ref={picker} type="file" multiple hidden aria-label={label} onChange={({ target }) => take(target)} />
      {phone && <input ref={camera} type="file" accept="image/*" capture="environment" hidden aria-label={`${label}：拍照`} onChange={({ target }) => take(target)} />}
      {phone && <Button icon={<CameraIcon />} disabled={disabled || upload.busy} onClick={() => camera.current?.click()}>拍照</Button>}
      {phone && <Recorder disabled={disabled || upload.busy} onRecorded={(file) => void upload.send([file])} />}
      <Button id={id} icon={<UploadIcon />} disabled={disabled} loading={upload.busy} onClick={() => picker.current?.click()}>{phone ? "文件" : "添加文件"}</Button>
    </span>
  );
}

/** Without a network it is kept here until what it belongs to is sent. */
const uploaded = (file: File): Promise<StoredFile> =>
  files.upload(file).catch((cause: unknown) => {
    if (cause instanceof Failure && cause.status === 0) return keepFile(file);
    throw cause;
  });

function useUpload(done: (added: StoredFile[]) => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const send = async (list: File[]) => {
    setBusy(true);
    setError("");
    try {
      done(await Promise.all(list.map(uploaded)));
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
