/** Acting for somebody, and letting a colleague act for oneself. */
import { call } from "./http";
import type { Me } from "./meta";
import type { Id, Ref } from "./types";

export interface Delegation {
  id: Id;
  principal: Ref;
  delegate: Ref;
  starts_on: string;
  ends_on: string;
  depth: "view" | "work";
  objects: string[];
  now: boolean;
}
export interface Delegations {
  given: Delegation[];
  received: Delegation[];
  acting: Id | null;
}
export interface NewDelegation {
  delegate: Id;
  starts_on: string;
  ends_on: string;
  depth: Delegation["depth"];
  collections: string[];
}

const PLACE = "/session/delegations";

export const delegations = {
  list: () => call<Delegations>("GET", PLACE),
  give: (body: NewDelegation) => call<Delegations>("POST", PLACE, { body }),
  takeBack: (id: Id) => call<undefined>("DELETE", `${PLACE}/${id}`),
  act: (delegation: Id) => call<Me>("POST", "/session/acting", { body: { delegation } }),
  stop: () => call<Me>("DELETE", "/session/acting"),
};
