const ROWS = 14;

/** The shape of the table that is coming: nothing jumps when it is there. */
export function Waiting({ columns, phone }: { columns: number; phone: boolean }) {
  const cells = Array.from({ length: phone ? 1 : Math.min(columns, 8) }, (_, column) => column);
  return (
    <div className={`grid-waiting ${phone ? "grid-waiting-phone" : ""}`} role="status" aria-label="正在载入">
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row}>
          {cells.map((column) => (
            <span
              key={column}
              style={{ width: `${column === 0 ? 60 + ((row * 13) % 30) : 35 + ((row * 17 + column * 23) % 40)}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
