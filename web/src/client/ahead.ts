/** What was asked before anybody needed it: whoever asks first is given that answer, if it is a good one and not yet old. */

const LASTS = 10_000;
const asked = new Map<string, Promise<Response | undefined>>();

export function begin(at: string, answer: Promise<Response>): void {
  asked.set(
    at,
    answer.catch(() => undefined),
  );
  setTimeout(() => asked.delete(at), LASTS);
}

/** The good answer to a question that was asked ahead, once. */
export async function taken(at: string): Promise<Response | undefined> {
  const answer = asked.get(at);
  asked.delete(at);
  const told = await answer;
  return told?.ok ? told : undefined;
}
