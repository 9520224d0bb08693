import { Button } from "antd";
import type { RecordRow } from "../../client/types";
import { asText } from "../../kinds/values";
import { copy } from "../../kit/copy";
import "./inbound.css";

/** The page of a form, and the lines that put it into another page. */
export default function FormAddress({ record }: { record: RecordRow }) {
  const address = `${location.origin}/forms/${asText(record.key)}`;
  const snippet = `<iframe src="${address}" title="${asText(record.heading)}" style="width:100%;height:720px;border:0" loading="lazy"></iframe>`;
  return (
    <section className="panel" aria-label="放到网站上">
      <div className="panel-head">
        <h2>放到网站上</h2>
      </div>
      <div className="form-address">
        <p>
          <span className="muted">独立页面</span>{" "}
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>{" "}
          <Button size="small" onClick={() => void copy(address, "已复制网址")}>
            复制网址
          </Button>
        </p>
        <p className="muted">嵌入代码（只有“允许嵌入的网站”里的网站能显示它）</p>
        <pre>{snippet}</pre>
        <Button size="small" onClick={() => void copy(snippet, "已复制嵌入代码")}>
          复制嵌入代码
        </Button>
      </div>
    </section>
  );
}
