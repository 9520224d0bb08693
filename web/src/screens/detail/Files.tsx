/** Every file on a record: pictures and PDF are looked at here, everything else is saved. */
import { useState } from "react";
import { files } from "../../client/api";
import type { Description, RecordRow, Row, StoredFile } from "../../client/types";
import { FileLink, fileSize } from "../../kinds/FileLink";
import { asFiles } from "../../kinds/values";
import { Dialog } from "../../kit/Dialog";

/** The server shows only these in place; a picture that can carry a script (SVG) is not among them. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const shown = ({ type }: StoredFile) => PICTURES.has(type) || type === "application/pdf";

export const filesOf = (object: Description, record: Row): StoredFile[] =>
  object.fields.filter(({ kind }) => kind === "file").flatMap(({ name }) => asFiles(record[name]));

export function Files({ object, record }: { object: Description; record: RecordRow }) {
  const all = filesOf(object, record);
  if (all.length === 0) return null;
  return (
    <section className="panel" id="files">
      <h2>
        附件 <small className="muted figure">{all.length}</small>
      </h2>
      <Shelf all={all} />
    </section>
  );
}

/** Files beside one another: looked at, listened to, or saved. */
export function Shelf({ all }: { all: StoredFile[] }) {
  const [looked, setLooked] = useState<StoredFile | null>(null);
  return (
    <>
      <ul className="shelf">
        {all.map((file) => (
          <li key={file.id}>
            {file.type.startsWith("audio/") ? <FileLink file={file} /> : <OnShelf file={file} onLook={() => setLooked(file)} />}
          </li>
        ))}
      </ul>
      {looked && <Look file={looked} onClose={() => setLooked(null)} />}
    </>
  );
}

function OnShelf({ file, onLook }: { file: StoredFile; onLook: () => void }) {
  const face = (
    <>
      <span className="shelf-face">
        {PICTURES.has(file.type) ? <img src={files.link(file.id)} alt="" loading="lazy" /> : ending(file.name)}
      </span>
      <span className="shelf-name" title={file.name}>
        {file.name} <small className="muted">{fileSize(file.size)}</small>
      </span>
    </>
  );
  return shown(file) ? (
    <button type="button" className="shelf-file grow" onClick={onLook}>
      {face}
    </button>
  ) : (
    <a className="shelf-file" href={files.link(file.id)} download={file.name}>
      {face}
    </a>
  );
}

function Look({ file, onClose }: { file: StoredFile; onClose: () => void }) {
  const at = files.link(file.id);
  return (
    <Dialog
      title={file.name}
      width={960}
      onCancel={onClose}
      footer={
        <a href={at} download={file.name}>
          下载
        </a>
      }
    >
      <div className="file-look">
        {PICTURES.has(file.type) ? <img src={at} alt={file.name} /> : <iframe src={at} title={file.name} />}
      </div>
    </Dialog>
  );
}

const ending = (name: string) => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? "文件";
