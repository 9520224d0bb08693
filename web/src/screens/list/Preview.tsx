import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";
import { records } from "../../client/api";
import type { Description, Row } from "../../client/types";
import { useFormHost } from "../form/host";
import { Overview } from "../detail/Overview";
import { ActionButtons } from "../../actions/ActionButtons";
import { isTakenBack, Problem } from "../../kit/Problem";
import { Side } from "../../kit/Side";
import { Skeleton } from "../../kit/Skeleton";
import { nameOf } from "./GridRow";

interface Props {
  object: Description;
  row: Row;
  onClose: () => void;
  onStep: (by: number) => void;
}

/** A look inside a record without leaving the list. */
export default function Preview({ object, row, onClose, onStep }: Props) {
  const record = useQuery({
    queryKey: [object.collection, row.id, "record"],
    queryFn: () => records.get(object.collection, row.id),
  });
  const { open } = useFormHost();
  return (
    <Side
      size={560}
      mask={false}
      onClose={onClose}
      rootClassName="preview"
      title={<Link to={`/${object.collection}/${row.id}`}>{nameOf(object, row)}</Link>}
      extra={
        <>
          <Button type="text" size="small" onClick={() => onStep(-1)}>
            上一条
          </Button>
          <Button type="text" size="small" onClick={() => onStep(1)}>
            下一条
          </Button>
        </>
      }
    >
      {record.isPending ? (
        <Skeleton />
      ) : !record.data || isTakenBack(record.error) ? (
        <Problem cause={record.error} />
      ) : (
        <>
          <div className="toolbar">
            <ActionButtons object={object} record={record.data} />
            {record.data.may?.change !== false && (
              <Button onClick={() => open({ collection: object.collection, id: row.id })}>编辑</Button>
            )}
          </div>
          <Overview object={object} record={record.data} />
        </>
      )}
    </Side>
  );
}
