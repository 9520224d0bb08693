/** How a picker lets people add what is missing, without knowing of forms. The form screen provides it. */
import { createContext, useContext } from "react";
import type { Ref } from "../client/types";

export interface Adding {
  label: string;
  open: (typed: string, made: (ref: Ref) => void) => void;
}

export const AddingContext = createContext<(collection: string) => Adding | null>(() => null);

export const useAdd = (collection: string) => useContext(AddingContext)(collection);
