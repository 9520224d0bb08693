/** The one door for what belongs to particular objects: named places in the generic screens. */
import type { ComponentType } from "react";
import type { Description, Page, RecordRow, Related } from "../client/types";

export interface AsideProps {
  object: Description;
  record: RecordRow;
  page: (related: Related) => Page | undefined;
}

/** Beside a record. */
export interface AsideSlot {
  name: string;
  when: (object: Description) => boolean;
  /** Related collections shown here, and therefore not as a list. */
  takes: string[];
  Aside: ComponentType<AsideProps>;
  /** The same within reach of a thumb, where there is no room beside the record. */
  Thumb: ComponentType<Pick<AsideProps, "object" | "record">>;
}

/** Among the parts of a record's page, below what it says. */
export interface PanelSlot {
  name: string;
  when: (object: Description) => boolean;
  Panel: ComponentType<{ object: Description; record: RecordRow }>;
}
