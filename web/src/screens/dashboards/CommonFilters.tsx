import { useSearchParams } from "react-router";
import { useDescription } from "../../app/meta";
import type { Common } from "../../client/reports";
import { RefPicker } from "../../kinds/RefPicker";
import { asText } from "../../kinds/values";
import { PeriodValue } from "../reports/PeriodChoice";

export interface Chosen {
  asked: Common;
  label: string;
}

/** What narrows every card of the page; it stands in the address, so that a link shows the same. */
export function useCommon(): [Chosen, (common: Common, label: string) => void] {
  const [params, setParams] = useSearchParams();
  const period = params.get("period");
  const department = Number(params.get("department")) || null;
  const asked: Common = { period: period?.includes("~") ? period.split("~") : period, department };
  const change = (next: Common, label: string) =>
    setParams(
      (now) => {
        const written = new URLSearchParams(now);
        const put = (key: string, value: string) => (value ? written.set(key, value) : written.delete(key));
        put("period", Array.isArray(next.period) ? next.period.join("~") : (next.period ?? ""));
        put("department", next.department ? String(next.department) : "");
        put("of", next.department ? label : "");
        return written;
      },
      { replace: true },
    );
  return [{ asked, label: params.get("of") ?? "" }, change];
}

export function CommonFilters({
  common: { asked, label },
  onChange,
}: {
  common: Chosen;
  onChange: (common: Common, label: string) => void;
}) {
  const departments = useDescription("departments");
  return (
    <div className="common" role="group" aria-label="整页筛选">
      <PeriodValue value={asked.period ?? null} onChange={(period) => onChange({ ...asked, period }, label)} />
      {departments && (
        <span className="w-180">
          <RefPicker
            to="departments"
            label="部门及下级"
            value={asked.department ? { id: asked.department, label: label || `#${asked.department}` } : null}
            placeholder="全部部门"
            onChange={(next) => {
              const one = Array.isArray(next) ? null : next;
              onChange({ ...asked, department: one?.id ?? null }, asText(one?.label));
            }}
          />
        </span>
      )}
    </div>
  );
}
