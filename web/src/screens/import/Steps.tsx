const STEPS = ["上传文件", "对应栏目", "检查", "导入"];

/** Where one is on the way. */
export function Steps({ at }: { at: number }) {
  return (
    <ol className="steps" aria-label="步骤">
      {STEPS.map((label, index) => (
        <li
          key={label}
          className={index === at ? "step-now" : index < at ? "step-done" : ""}
          aria-current={index === at ? "step" : undefined}
        >
          <i aria-hidden="true">{index < at ? "✓" : index + 1}</i>
          {label}
        </li>
      ))}
    </ol>
  );
}
