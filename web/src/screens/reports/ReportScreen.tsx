/** One report: its picture, and beside it, for whoever wants to change it, what it is made of. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { inMenuOrder, useMeta } from "../../app/meta";
import { parsed, reports, type Definition, type Report, type Shown } from "../../client/reports";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { useDebounced } from "../../kit/useDebounced";
import { forServer } from "../list/filters";
import NotFound from "../NotFound";
import { Designer } from "./Designer";
import { ReportHead } from "./ReportHead";
import { pictureOf } from "./marked";
import { isDrawn, View } from "./View";
import { missing } from "./words";
import "../../app/reports.css";

export interface Draft {
  name: string;
  collection: string;
  share: string;
  definition: Definition;
}

export default function ReportScreen() {
  const { id = "new" } = useParams();
  const fresh = id === "new";
  const kept = useQuery({ queryKey: ["reports", id], queryFn: () => reports.get(id), enabled: !fresh, retry: false });
  const start = useStart();
  if (fresh) return start ? <Editor key="new" report={null} start={start} /> : <NotFound />;
  if (kept.isPending)
    return (
      <div className="page">
        <Skeleton rows={10} />
      </div>
    );
  if (!kept.data) return <Problem cause={kept.error} />;
  return <Editor key={`${id}-${kept.data.version}`} report={kept.data} start={draftOf(kept.data)} />;
}

const draftOf = (report: Report): Draft => ({
  name: report.name,
  collection: report.collection,
  share: report.share,
  definition: parsed<Definition>(report.definition, {}),
});

/** A new report begins with the object one came from, grouped by its state or first choice. */
function useStart(): Draft | null {
  const meta = useMeta();
  const [params] = useSearchParams();
  const object = meta.objects[params.get("collection") ?? ""] ?? inMenuOrder(meta)[0];
  if (!object) return null;
  const group = object.board ?? object.fields.find(({ kind }) => kind === "choice")?.name;
  const filter = parsed(params.get("filter"), null);
  return {
    name: "",
    collection: object.collection,
    share: "private",
    definition: { rows: group ? [group] : [], measures: [{ of: "count" }], picture: group ? "bar" : "table", filter },
  };
}

function Editor({ report, start }: { report: Report | null; start: Draft }) {
  const meta = useMeta();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  const [designing, setDesigning] = useState(report === null);
  const [toPng, setToPng] = useState<(() => string) | null>(null);
  const [box, setBox] = useState<HTMLElement | null>(null);
  const object = meta.objects[draft.collection];
  const shown = useShown(draft);
  if (!object) return <NotFound />;
  const put = (definition: Definition) => setDraft({ ...draft, definition });
  const title = draft.name || "新报表";
  const asPng = isDrawn(shown.data) ? toPng : shown.data && box && (() => pictureOf(box, meta.watermark?.pictures ?? ""));
  return (
    <div className="page report-page">
      <title>{`${title} · 知客`}</title>
      <ReportHead
        report={report}
        draft={draft}
        changed={JSON.stringify(draft) !== JSON.stringify(start)}
        toPng={asPng ?? null}
        designing={designing}
        onDraft={setDraft}
        onDesign={() => setDesigning(!designing)}
        onSaved={(id) => {
          setDesigning(false);
          void navigate(`/reports/${id}`, { replace: true });
        }}
      />
      <div className={designing ? "report-body designing" : "report-body"}>
        {designing && (
          <Designer
            object={object}
            definition={draft.definition}
            onChange={put}
            onObject={(collection) =>
              setDraft({ ...draft, collection, definition: { measures: [{ of: "count" }], picture: "table" } })
            }
          />
        )}
        <section
          ref={setBox}
          className={`panel report-view ${shown.isPlaceholderData ? "dimmed" : ""}`}
          aria-label={title}
          aria-live="polite"
        >
          <Picture shown={shown} definition={draft.definition} name={title} onReady={(found) => setToPng(() => found)} />
        </section>
      </div>
      {designing && (
        <div className="report-foot phone-only">
          <Button block onClick={() => setDesigning(false)}>
            看结果
          </Button>
        </div>
      )}
    </div>
  );
}

function useShown({ collection, definition }: Draft) {
  const still = useDebounced(JSON.stringify({ ...definition, ...withIds(definition) }), 200);
  return useQuery({
    queryKey: [collection, "report", still],
    queryFn: () => reports.preview(collection, JSON.parse(still) as Definition),
    placeholderData: (before, query) => (query?.queryKey[0] === collection ? keepPreviousData(before) : undefined),
    retry: false,
  });
}

/** The server wants ids where the browser also keeps names. */
export const withIds = (definition: Definition): Partial<Definition> => ({
  filter: forServer(definition.filter ?? null),
  measures: definition.measures?.map((measure) => ({
    ...measure,
    filter: forServer(measure.filter ?? null),
    over_filter: forServer(measure.over_filter ?? null),
  })),
});

interface PictureProps {
  shown: { data: Shown | undefined; error: Error | null };
  definition: Definition;
  name: string;
  onReady: (toPng: () => string) => void;
}

function Picture({ shown, definition, name, onReady }: PictureProps) {
  const [ready] = useState(() => onReady);
  const hint = missing(definition);
  if (hint) return <p className="nothing-yet">{hint}</p>;
  if (shown.error)
    return (
      <p className="reason" role="alert">
        {shown.error.message}
      </p>
    );
  if (!shown.data) return <div className="control-skeleton tall" role="status" aria-label="正在计算" />;
  return <View shown={shown.data} name={name} onReady={ready} />;
}
