import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { Panel } from "../../kit/Panel";
import { Side } from "../../kit/Side";
import { Skeleton } from "../../kit/Skeleton";
import { SettingIcon } from "../../kit/icons";
import { usePhone } from "../../kit/useMedia";
import type { ShapeProps } from "./shapes";

const DisplayPanel = lazy(() => import("./DisplayPanel"));

/** How the table looks: its columns, their order, its groups, its colours. A panel at the button, a sheet from below on a phone. */
export function Display(props: ShapeProps) {
  const [open, setOpen] = useState(false);
  const phone = usePhone();
  const { rules, group } = props.state;
  const changed = rules.length + group.length;
  const button = (
    <Button
      className="list-display"
      icon={<SettingIcon />}
      aria-label={phone ? "显示设置" : undefined}
      title="栏目、排序、分组、颜色"
      onClick={phone ? () => setOpen(true) : undefined}
    >
      {phone ? null : changed > 0 ? `显示 · ${changed}` : "显示"}
    </Button>
  );
  const panel = (
    <Suspense fallback={<Skeleton rows={5} />}>
      <DisplayPanel {...props} />
    </Suspense>
  );
  if (phone)
    return (
      <>
        {button}
        {open && (
          <Side placement="bottom" size="75%" title="显示" onClose={() => setOpen(false)}>
            {panel}
          </Side>
        )}
      </>
    );
  return (
    <Panel placement="bottomRight" open={open} onOpenChange={setOpen} content={<div className="display">{panel}</div>}>
      {button}
    </Panel>
  );
}
