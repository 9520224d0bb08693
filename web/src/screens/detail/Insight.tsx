import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { fieldOf, useMeta } from "../../app/meta";
import { insight, type Days, type Sighting, type Why } from "../../client/insight";
import type { Description, Ref, RecordRow } from "../../client/types";
import { DAY, nearText, toDay } from "../../kinds/dates";
import { RefPicker } from "../../kinds/RefPicker";
import { RangePicker } from "../../kit/heavy";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";

interface Props {
  object: Description;
  record: RecordRow;
}
type Question = "none" | "why" | "seen";

const QUESTIONS: { value: Question; label: string }[] = [
  { value: "none", label: "收起" },
  { value: "why", label: "谁能看到" },
  { value: "seen", label: "谁看过" },
];

/** For whoever looks after permissions: why somebody can see this, and who has; for an auditor the second alone. */
export function Insight({ object, record }: Props) {
  const [question, setQuestion] = useState<Question>("none");
  const explains = useMeta().insight?.why === true;
  return (
    <section className="panel" id="insight" aria-label="访问审计">
      <div className="panel-head">
        <h2>访问审计</h2>
        <Segmented<Question>
          size="small"
          value={question}
          aria-label="访问审计"
          options={QUESTIONS.filter(({ value }) => value !== "why" || explains)}
          onChange={setQuestion}
        />
      </div>
      {question === "why" && <Reasons object={object} record={record} />}
      {question === "seen" && <Seen object={object} record={record} />}
    </section>
  );
}

function Reasons({ object, record }: Props) {
  const [person, setPerson] = useState<Ref | null>(null);
  const found = useQuery({
    queryKey: [object.collection, record.id, "why", person?.id],
    queryFn: () => insight.why(object.collection, record.id, person?.id ?? 0),
    enabled: person !== null,
  });
  return (
    <>
      <RefPicker
        to={fieldOf(object, "owner")?.to ?? ""}
        label="同事"
        placeholder="选择一位同事"
        value={person}
        onChange={(next) => setPerson(Array.isArray(next) ? null : next)}
      />
      {found.isError && <Problem cause={found.error} />}
      {found.data && <Told why={found.data} />}
    </>
  );
}

function Told({ why }: { why: Why }) {
  if (why.gone) return <p className="nothing-yet">{`${why.person.label}的账号已停用，什么也看不到`}</p>;
  return (
    <table className="insight">
      <tbody>
        {why.verbs.map(({ verb, label, may, reasons }) => (
          <tr key={verb}>
            <th scope="row">{label}</th>
            <td>{may ? reasons.map((reason) => <p key={reason}>{reason}</p>) : <span className="muted">不能</span>}</td>
          </tr>
        ))}
        {why.fields.map(({ field, rule }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td className="muted">{rule}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Seen(props: Props) {
  const [days, setDays] = useState<Days>([]);
  return (
    <>
      <RangePicker
        value={[toDay(days[0]), toDay(days[1])]}
        onChange={(chosen) => setDays([chosen?.[0]?.format(DAY), chosen?.[1]?.format(DAY)])}
      />
      <Sightings {...props} days={days} />
    </>
  );
}

function Sightings({ object, record, days }: Props & { days: Days }) {
  const found = useQuery({
    queryKey: [object.collection, record.id, "seen", ...days],
    queryFn: () => insight.seen(object.collection, record.id, days),
    staleTime: 0,
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <Problem cause={found.error} />;
  if (found.data.length === 0) return <p className="nothing-yet">{days[0] ? "这段时间没有人看过" : "还没有人看过"}</p>;
  return (
    <ul className="shares">
      {found.data.map((row, index) => (
        <Sight key={index} row={row} />
      ))}
    </ul>
  );
}

const Sight = ({ row }: { row: Sighting }) => (
  <li>
    <time className="muted figure" dateTime={row.at}>
      {nearText(row.at)}
    </time>{" "}
    <strong>{row.person.label}</strong> <span>{row.label}</span> <span className="muted">{row.what}</span>{" "}
    <small className="muted">{row.through}</small>
  </li>
);
