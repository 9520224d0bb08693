/** Moving and sizing cards. Comes only when somebody arranges a page. */
import { Button } from "antd";
import type { KeyboardEvent } from "react";
import { GridLayout, useContainerWidth, type LayoutItem } from "react-grid-layout";
import type { Common, Place } from "../../client/reports";
import { CloseIcon, HolderIcon } from "../../kit/icons";
import { CardFrame } from "./CardFrame";
import { ACROSS, nudged } from "./places";
import "react-grid-layout/css/styles.css";

interface Props {
  places: Place[];
  common: Common;
  onChange: (places: Place[]) => void;
}

export default function Arranging({ places, common, onChange }: Props) {
  const { width, containerRef, mounted } = useContainerWidth();
  const layout = places.map(({ id, x, y, w, h }) => ({ i: id, x, y, w, h, minW: 2, minH: 2 }));
  const moved = (next: readonly LayoutItem[]) => {
    const found = places.map((place) => {
      const at = next.find(({ i }) => i === place.id);
      return at ? { ...place, x: at.x, y: at.y, w: at.w, h: at.h } : place;
    });
    if (JSON.stringify(found) !== JSON.stringify(places)) onChange(found);
  };
  const nudge = (place: Place, key: string, sizing: boolean) => {
    const found = nudged(places, place, key, sizing);
    if (found) onChange(found);
    return found !== null;
  };
  return (
    <div ref={containerRef}>
      {mounted && (
        <GridLayout
          width={width}
          layout={layout}
          onLayoutChange={moved}
          gridConfig={{ cols: ACROSS, rowHeight: 56, margin: [14, 14], containerPadding: [0, 0] }}
          dragConfig={{ enabled: true, cancel: "button, a" }}
          resizeConfig={{ enabled: true }}
        >
          {places.map((place) => (
            <div key={place.id} className="arranged">
              <CardFrame
                place={place}
                common={common}
                tools={
                  <Tools
                    onKey={(key, sizing) => nudge(place, key, sizing)}
                    onRemove={() => onChange(places.filter((one) => one !== place))}
                  />
                }
              />
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}

interface ToolsProps {
  onKey: (key: string, sizing: boolean) => boolean;
  onRemove: () => void;
}

/** What the mouse does anywhere on a card, for the keyboard. */
function Tools({ onKey, onRemove }: ToolsProps) {
  const pressed = (event: KeyboardEvent) => {
    if (onKey(event.key, event.shiftKey)) event.preventDefault();
  };
  return (
    <span className="arrange-tools">
      <Button
        size="small"
        type="text"
        aria-label="移动卡片"
        title="拖动；或按方向键移动，Shift 加方向键改变大小"
        icon={<HolderIcon />}
        onKeyDown={pressed}
      />
      <Button size="small" type="text" aria-label="移除卡片" title="移除卡片" icon={<CloseIcon />} onClick={onRemove} />
    </span>
  );
}
