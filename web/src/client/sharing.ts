/** Opening single records to colleagues and departments. */
import { call } from "./http";
import type { Id, Ref } from "./types";

export interface Share {
  id: Id;
  to: Ref & { collection: string };
  change: boolean;
  until: string | null;
  by: Ref | null;
  at: string;
}
export interface Beside {
  to: Ref & { collection: string };
  as: string;
}
export interface Shares {
  rows: Share[];
  beside: Beside[];
  may_share: boolean;
}
export interface Sharing {
  person?: Id;
  department?: Id;
  change: boolean;
  until: string | null;
}

const of = (collection: string, id: Id) => `/${collection}/${id}/shares`;

export const sharing = {
  list: (collection: string, id: Id) => call<Shares>("GET", of(collection, id)),
  give: (collection: string, id: Id, body: Sharing) => call<Shares>("POST", of(collection, id), { body }),
  takeBack: (collection: string, id: Id, share: Id) => call<undefined>("DELETE", `${of(collection, id)}/${share}`),
};
