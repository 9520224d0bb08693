import type { Told } from "../../client/approvals";

/** Old and new side by side; of a new record only what it would be. */
export function Changes({ changes }: { changes: Told[] }) {
  if (changes.length === 0) return <p className="muted">没有字段变化</p>;
  const before = changes.some(({ old }) => old !== "");
  return (
    <table className="request-changes">
      <thead>
        <tr>
          <th scope="col">栏目</th>
          {before && <th scope="col">现在</th>}
          <th scope="col">{before ? "改为" : "内容"}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((told) => (
          <tr key={`${told.field} ${told.label}`}>
            <th scope="row">{told.label}</th>
            {before && <td className="old">{told.old || "（空）"}</td>}
            <td>{told.new || "（空）"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
