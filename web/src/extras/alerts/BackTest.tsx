/** 回测: how often these thresholds would have raised an alarm, day by day, and what cannot be known of that time. */
import { Link } from "react-router";
import { automation, type AlertRules, type BackTest as Tested } from "../../client/automation";
import type { Description } from "../../client/types";
import { TrialJob } from "../../screens/jobs/TrialJob";
import { TrialQuestion } from "../../screens/jobs/TrialQuestion";
import { useTrial } from "../../screens/jobs/useTrial";

const PERIODS = {
  last_month: "上个月",
  last_30_days: "最近 30 天",
  last_90_days: "最近 90 天",
  last_quarter: "上个季度",
} as const;

export function BackTest({ object, rules }: { object: Description; rules: AlertRules }) {
  const { busy, told, job, run } = useTrial<Tested>();
  return (
    <>
      <TrialQuestion
        deed="回测"
        asked="如果当时就有这条规则："
        periods={PERIODS}
        first="last_month"
        busy={busy}
        disabled={(rules.levels ?? []).length === 0}
        onTry={(period) => void run(() => automation.backTest(object.collection, rules, period))}
      />
      {job && <TrialJob job={job} />}
      {told && <Result told={told} />}
    </>
  );
}

function Result({ told }: { told: Tested }) {
  const most = Math.max(1, ...told.days.map(({ count }) => count));
  return (
    <div className="trial" role="status">
      <p>
        <span className="trial-number figure">{told.raised}</span>{" "}
        {`次预警（${told.from} 至 ${told.to}），其中 ${told.levels.map(({ label, count }) => `${label} ${count}`).join("、") || "没有一次"}；现在有 ${told.now} 件超限。`}
      </p>
      {told.raised > 0 && (
        <div className="trial-days" aria-hidden="true">
          {told.days.map(({ day, count }) => (
            <span key={day} title={`${day}：${count}`} style={{ height: `${(count / most) * 100}%` }} />
          ))}
        </div>
      )}
      {told.notes.map((note) => (
        <p key={note} className="notice notice-warn">
          {note}
        </p>
      ))}
      <p className="muted">{told.knows}</p>
      <p className="trial-links">
        {told.examples.map(({ day, collection, id, label }) =>
          collection ? (
            <Link key={`${day}${id}`} to={`/${collection}/${id}`}>
              {label}
            </Link>
          ) : (
            <span key={day}>{label}</span>
          ),
        )}
      </p>
    </div>
  );
}
