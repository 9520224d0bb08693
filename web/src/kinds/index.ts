/** All field kinds. The compiler proves that none the server knows is missing. */
import type { KindName } from "../client/types";
import { address } from "./address";
import { boolean } from "./boolean";
import { choice } from "./choice";
import { choices } from "./choices";
import { date } from "./date";
import { datetime } from "./datetime";
import { decimal } from "./decimal";
import { email } from "./email";
import { file } from "./file";
import { integer } from "./integer";
import type { Kind } from "./kind";
import { lines } from "./lines";
import { longtext } from "./longtext";
import { learn } from "./lookup";
import { money } from "./money";
import { number } from "./number";
import { person } from "./person";
import { phone } from "./phone";
import { ratio } from "./ratio";
import { ref } from "./ref";
import { refs } from "./refs";
import { state } from "./state";
import { tags } from "./tags";
import { text } from "./text";
import { url } from "./url";

export const kinds = {
  text,
  longtext,
  integer,
  decimal,
  money,
  ratio,
  date,
  datetime,
  boolean,
  choice,
  choices,
  state,
  ref,
  refs,
  person,
  phone,
  email,
  url,
  address,
  file,
  tags,
  number,
  lines,
} satisfies Record<KindName, Kind>;

learn(kinds);

export { kindOf } from "./lookup";
export { Asked, Narrowed, Shown } from "./Shown";
export type { CellProps, FilterProps, InputProps, Kind } from "./kind";
