import { records } from "../../client/api";
import { Failure } from "../../client/http";
import type { Description, Fields, RecordRow } from "../../client/types";
import { dropFiles, withFilesSent } from "../../offline/files";
import { keepLetter, type Letter } from "../../offline/outbox";
import { titleOf } from "../../offline/words";

export interface Sent {
  fields: Fields;
  values: Fields;
  version: number | null;
  allow?: "allow" | undefined;
  key: string;
}

/** To the server, or, without a network, into the outbox under the same key: should the server have taken it after all, it takes it once. */
export function useOutbound(object: Description, record: RecordRow | null, letter: Letter | undefined) {
  return async (sent: Sent, mayWait: boolean): Promise<RecordRow | null> => {
    let { fields } = sent;
    const { version, allow, key } = sent;
    try {
      fields = await withFilesSent(fields);
      const saved =
        record && version !== null
          ? await records.change(object.collection, record.id, version, fields, allow, key)
          : await records.create(object.collection, fields, key, allow);
      void dropFiles(sent.values);
      return saved;
    } catch (cause) {
      if (!mayWait || !(cause instanceof Failure) || cause.status !== 0) throw cause;
      await keepLetter({
        id: letter?.id ?? key,
        collection: object.collection,
        record: record?.id ?? null,
        version,
        title: titleOf(object, sent.values, record),
        body: fields,
        values: sent.values,
        allow: allow !== undefined,
      });
      return null;
    }
  };
}
