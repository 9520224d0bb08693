/** The larger controls come when first needed, so that a list is on the screen before a date picker is. */
import { createContext, lazy, Suspense, useContext, type ComponentType } from "react";
import type { CascaderProps, DatePickerProps, InputNumberProps, InputProps, MentionProps, SelectProps } from "antd";
import type { RangePickerProps } from "antd/es/date-picker";

export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  const Loaded = lazy(load) as ComponentType<P>;
  return function Later(props: P) {
    return (
      <Suspense fallback={<span className="control-skeleton" aria-hidden />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** Whether what floats opens with its control: in a cell of a table the click that asked for the editor is enough. */
export const OpenAtOnce = createContext(false);

function opening<P extends { defaultOpen?: boolean }>(Control: ComponentType<P>): ComponentType<P> {
  return function Opening(props: P) {
    return <Control {...props} {...(useContext(OpenAtOnce) && { defaultOpen: true })} />;
  };
}

export const Select = opening(later<SelectProps>(() => import("antd/es/select")));
export const DatePicker = opening(later<DatePickerProps>(() => import("antd/es/date-picker")));
export const RangePicker = later<RangePickerProps>(async () => ({
  default: (await import("antd/es/date-picker")).default.RangePicker as ComponentType<RangePickerProps>,
}));
export const Cascader = later<CascaderProps>(
  () => import("antd/es/cascader") as unknown as Promise<{ default: ComponentType<CascaderProps> }>,
);
export const TextBox = later<InputProps>(() => import("antd/es/input"));
export const Mentions = later<MentionProps>(() => import("antd/es/mentions"));
export const InputNumber = later<InputNumberProps<string>>(() => import("antd/es/input-number"));
