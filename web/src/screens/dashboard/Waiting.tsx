export function Waiting({ error, tall }: { error: Error | null; tall?: boolean }) {
  if (error)
    return (
      <p className="reason" role="alert">
        {error.message}
      </p>
    );
  return <div className="control-skeleton" style={{ height: tall ? 180 : 38 }} role="status" aria-label="正在计算" />;
}
