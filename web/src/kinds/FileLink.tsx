import { files } from "../client/api";
import type { StoredFile } from "../client/types";
import { PaperClipIcon } from "../kit/frameIcons";
import { isLocal } from "../offline/files";

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

export function FileLink({ file }: { file: StoredFile }) {
  if (isLocal(file.id))
    return (
      <span>
        <PaperClipIcon /> {file.name} <small className="muted">{fileSize(file.size)}，联网后上传</small>
      </span>
    );
  if (file.type.startsWith("audio/")) return <Recording file={file} />;
  return (
    <a href={files.link(file.id)} download={file.name} onClick={(event) => event.stopPropagation()}>
      <PaperClipIcon /> {file.name} <small className="muted">{fileSize(file.size)}</small>
    </a>
  );
}

function Recording({ file }: { file: StoredFile }) {
  return (
    <span className="recording">
      <small className="muted">{file.name}</small>
      <audio controls preload="none" src={files.link(file.id)} aria-label={file.name} />
    </span>
  );
}
