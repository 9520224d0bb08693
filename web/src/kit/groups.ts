/** Things in groups, in the order in which the groups first appear. */
export function groups<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): [K, T[]][] {
  const found = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = found.get(key);
    if (group) group.push(thing);
    else found.set(key, [thing]);
  }
  return [...found];
}
