import { Button } from "antd";
import { useRef, useState } from "react";
import { files } from "../client/api";
import { Failure } from "../client/http";
import type { StoredFile } from "../client/types";
import { CameraIcon, DeleteIcon, UploadIcon } from "../kit/icons";
import { usePhone } from "../kit/useMedia";
import { keepFile } from "../offline/files";
import { FileLink } from "./FileLink";
import type { InputProps } from "./kind";
import { Recorder } from "./Recorder";
import { asFiles } from "./values";
import "./file.css";

export default function FileInput({ field, value, onChange, disabled, id }: InputProps) {
  const chosen = asFiles(value);
  const upload = useUpload((added) => onChange([...chosen, ...added]));
  return (
    <div className="files">
      {chosen.map((file) => (
        <span key={file.id} className="file">
          <FileLink file={file} />
          <Button
            type="text"
            size="small"
            icon={<DeleteIcon />}
            aria-label={`移除${file.name}`}
            onClick={() => onChange(chosen.filter(({ id }) => id !== file.id))}
          />
        </span>
      ))}
      <Sources id={id} label={field.label} disabled={disabled} upload={upload} />
      {upload.error && (
        <p role="alert" className="reason">
          {upload.error}
        </p>
      )}
    </div>
  );
}

interface SourcesProps {
  id?: string;
  label: string;
  disabled?: boolean;
  upload: ReturnType<typeof useUpload>;
}

/** From the disk; on a phone from the camera and the microphone as well. */
function Sources({ id, label, disabled, upload }: SourcesProps) {
  const [picker, camera] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const phone = usePhone();
  const take = (input: HTMLInputElement) => {
    void upload.send([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <span className="sources">
      <input ref={picker} type="file" multiple hidden aria-label={label} onChange={({ target }) => take(target)} />
      {phone && (
        <input
          ref={camera}
          type="file"
          accept="image/*"
          capture="environment"
          hidden
          aria-label={`${label}：拍照`}
          onChange={({ target }) => take(target)}
        />
      )}
      {phone && (
        <Button icon={<CameraIcon />} disabled={disabled || upload.busy} onClick={() => camera.current?.click()}>
          拍照
        </Button>
      )}
      {phone && <Recorder disabled={disabled || upload.busy} onRecorded={(file) => void upload.send([file])} />}
      <Button id={id} icon={<UploadIcon />} disabled={disabled} loading={upload.busy} onClick={() => picker.current?.click()}>
        {phone ? "文件" : "添加文件"}
      </Button>
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
