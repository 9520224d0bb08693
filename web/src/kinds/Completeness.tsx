/** 完整度: how much is filled in, as a bar one sees from afar and the figure beside it. */
export function Completeness({ percent }: { percent: number }) {
  const look = percent >= 100 ? "whole" : percent >= 50 ? "part" : "poor";
  return (
    <span className={`completeness completeness-${look}`}>
      <span className="completeness-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      <span className="figure">{percent}%</span>
    </span>
  );
}
