/** Opening a form from anywhere. Forms stack: a reference that is missing is added on top of the form that needs it. */
import { createContext, useContext } from "react";
import type { Fields, Id, RecordRow } from "../../client/types";
import type { Letter } from "../../offline/outbox";

export interface FormRequest {
  /** The page it belongs to, where that is not the one it was asked for on. */
  at?: string;
  collection: string;
  /** The record to change; none to create one. */
  id?: Id;
  /** Values to start from. */
  preset?: Fields;
  /** Only the fields of the quick form. */
  quick?: boolean;
  onSaved?: (record: RecordRow) => void;
  /** Whoever asked goes on with the saved record, so it cannot wait for the network. */
  awaited?: boolean;
  /** What was written without a network and has to be mended. */
  letter?: Letter;
}

export const FormHostContext = createContext<{ open: (request: FormRequest) => void }>({ open: () => undefined });

export const useFormHost = () => useContext(FormHostContext);
