import { Link } from "react-router";
import { useDescription } from "../../app/meta";
import type { HomeCard, HomeLine } from "../../client/desk";
import type { Description } from "../../client/types";
import { asText, isBlank } from "../../kinds/values";
import { figureText } from "../dashboard/measure";
import { useAggregate } from "../dashboard/useAggregate";
import { listAddress } from "../list/state";

/** Several figures under each other, each beside what it was before where the card says so. */
export function FiguresCard({ card }: { card: HomeCard }) {
  const lines = card.lines ?? [];
  const compared = lines.some(({ against }) => against);
  return (
    <table className="figures-table">
      <thead className={compared ? "" : "for-readers"}>
        <tr>
          <th scope="col">项目</th>
          <th scope="col" className="right">
            {compared ? "本期" : "数量"}
          </th>
          {compared && (
            <th scope="col" className="right">
              上期
            </th>
          )}
          {compared && (
            <th scope="col" className="right">
              变化
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <One key={line.label} line={line} compared={compared} />
        ))}
      </tbody>
    </table>
  );
}

function One({ line, compared }: { line: HomeLine; compared: boolean }) {
  const object = useDescription(line.collection);
  if (!object) return null;
  return compared ? <Compared line={line} object={object} /> : <Plain line={line} object={object} />;
}

interface LineProps {
  line: HomeLine;
  object: Description;
}

function Plain({ line, object }: LineProps) {
  const now = useFigure(line, object, line.filter);
  return (
    <tr>
      <th scope="row">{line.label}</th>
      <td className="right">
        <Amount line={line} object={object} filter={line.filter} value={now} />
      </td>
    </tr>
  );
}

function Compared({ line, object }: LineProps) {
  const now = useFigure(line, object, line.filter);
  const before = useFigure(line, object, line.against);
  return (
    <tr>
      <th scope="row">{line.label}</th>
      <td className="right">
        <Amount line={line} object={object} filter={line.filter} value={now} />
      </td>
      <td className="right muted">
        <Amount line={line} object={object} filter={line.against} value={before} />
      </td>
      <td className="right">
        <Change now={now} before={before} />
      </td>
    </tr>
  );
}

function useFigure({ measure }: HomeLine, object: Description, filter: HomeLine["filter"]): unknown {
  const asked = useAggregate(object, { measures: [measure], filter });
  return asked.data ? (asked.data[0]?.[measure] ?? null) : undefined;
}

function Amount({ line, object, filter, value }: LineProps & { filter: HomeLine["filter"]; value: unknown }) {
  if (value === undefined)
    return (
      <span className="figure muted" role="status" aria-label="正在计算">
        …
      </span>
    );
  return (
    <Link className="figure" to={listAddress(line.collection, filter)}>
      {figureText(object, line.measure, value)}
    </Link>
  );
}

/** Up or down is told by a sign and a word, not by colour alone. */
function Change({ now, before }: { now: unknown; before: unknown }) {
  if (now === undefined || before === undefined) return null;
  const [after, earlier] = [now, before].map((value) => (isBlank(value) ? 0 : Number(asText(value)))) as [number, number];
  if (after === earlier) return <span className="muted">持平</span>;
  if (earlier === 0) return <span className="up">新增</span>;
  const share = Math.round(((after - earlier) / Math.abs(earlier)) * 100);
  return <span className={`figure ${share > 0 ? "up" : "down"}`}>{share > 0 ? `↑ ${share}%` : `↓ ${-share}%`}</span>;
}
