import { Button } from "antd";
import { Link } from "react-router";
import { may } from "../../app/meta";
import type { Description, Field, Page, Ref, Related } from "../../client/types";
import { MoreIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { Tick } from "../../kit/Tick";
import { Facts } from "../list/Cards";
import { nameOf } from "../list/GridRow";
import { useRowMenu } from "./useRowMenu";

interface Props {
  object: Description;
  rows: Page["rows"];
  related: Related;
  self: Ref;
  fields: Field[];
}

/** Related records on a phone: one under the other, each whole on the screen, what can be done with it at its end. */
export function RelatedCards({ object, rows, related, self, fields }: Props) {
  return (
    <ul className="related-cards" aria-label={object.label}>
      {rows.map((row) => (
        <RelatedCard key={row.id} object={object} row={row} related={related} self={self} fields={fields} />
      ))}
    </ul>
  );
}

function RelatedCard({ object, row, related, self, fields }: Omit<Props, "rows"> & { row: Page["rows"][number] }) {
  const items = useRowMenu(object, related, self)(row);
  return (
    <li>
      <Tick object={object} row={row} />
      <Link to={`/${object.collection}/${row.id}`} className="card-link">
        <strong>{nameOf(object, row)}</strong>
        <Facts fields={fields.filter(({ name }) => name !== object.title)} row={row} />
      </Link>
      {may(object, "change") && (
        <Menu menu={{ items }}>
          <Button type="text" className="related-more" icon={<MoreIcon />} aria-label={`${nameOf(object, row)}的操作`} />
        </Menu>
      )}
    </li>
  );
}
