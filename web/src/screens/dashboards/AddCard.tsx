import { useQuery } from "@tanstack/react-query";
import { useMeta } from "../../app/meta";
import { reports, type Place } from "../../client/reports";
import { Select } from "../../kit/heavy";
import { sizeOf } from "./places";

/** Every report and every ready-made card, to be put below the others. */
export function AddCard({ places, onAdd }: { places: Place[]; onAdd: (place: Place) => void }) {
  const { dashboards } = useMeta();
  const kept = useQuery({ queryKey: ["reports", "all"], queryFn: reports.all });
  const own = (kept.data ?? []).map(({ id, name }) => ({ value: `r${id}`, label: name }));
  const ready = dashboards.map(({ name, label, cards }) => ({
    label,
    title: label,
    options: cards.map((card) => ({ value: `${name}/${card.name}`, label: card.label })),
  }));
  const add = (value: string) => {
    const y = Math.max(0, ...places.map((place) => place.y + place.h));
    const id = `c${Date.now().toString(36)}${places.length}`;
    const report = kept.data?.find((one) => `r${one.id}` === value);
    if (report) onAdd({ id, report: Number(report.id), x: 0, y, ...sizeOf(report.picture) });
    else
      onAdd({
        id,
        builtin: value,
        x: 0,
        y,
        ...sizeOf(
          dashboards
            .flatMap(({ name, cards }) => cards.map((card) => ({ key: `${name}/${card.name}`, card })))
            .find(({ key }) => key === value)?.card.definition?.picture,
        ),
      });
  };
  return (
    <Select
      className="w-180"
      aria-label="添加卡片"
      placeholder="添加卡片"
      showSearch={{ optionFilterProp: "label" }}
      value={null}
      onChange={add}
      popupMatchSelectWidth={260}
      options={[...(own.length > 0 ? [{ label: "报表", title: "报表", options: own }] : []), ...ready]}
    />
  );
}
