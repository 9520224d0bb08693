/** What this person may see and do, as the server describes it. Everything on the screen follows from here. */
import { createContext, useContext } from "react";
import type { Meta } from "../client/meta";
import type { Description, Field } from "../client/types";

export const MetaContext = createContext<Meta | null>(null);

export function useMeta(): Meta {
  const meta = useContext(MetaContext);
  if (!meta) throw new Error("useMeta outside the session");
  return meta;
}

export const useDescription = (collection: string): Description | undefined => useMeta().objects[collection];

export const fieldOf = (object: Description, name: string): Field | undefined =>
  object.fields.find((field) => field.name === name);

export const fieldsOf = (object: Description, names: string[]): Field[] =>
  names.map((name) => fieldOf(object, name)).filter((field) => field !== undefined);

/** What every record carries besides what its object is about. */
export const SYSTEM = ["owner", "department", "created_by", "created_at", "updated_by", "updated_at", "incomplete"];

export const ownFirst = ({ fields }: Description): Field[] => [
  ...fields.filter(({ name }) => !SYSTEM.includes(name)),
  ...fields.filter(({ name }) => SYSTEM.includes(name)),
];

export const may = (object: Description, verb: string): boolean =>
  object.may[verb] !== undefined && object.may[verb] !== false && object.may[verb] !== "none";

/** Objects in the order of the menu. */
export const inMenuOrder = (meta: Meta): Description[] =>
  meta.menus
    .flatMap(({ collections }) => collections)
    .map((name) => meta.objects[name])
    .filter((object) => object !== undefined);
