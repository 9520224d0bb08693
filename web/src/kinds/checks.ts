/** What can be said of a value before the server is asked, in the words the server would use. */
import type { Field } from "../client/types";
import { asText } from "./values";

type Check = (value: unknown, field: Field) => string | undefined;

export const checkEmail: Check = (value) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(asText(value).trim()) ? undefined : "邮箱格式不正确，应如 name@company.com";

export const checkUrl: Check = (value) => {
  const text = asText(value).trim();
  return /^https?:\/\/[^\s]+$/i.test(text) || /^[^\s:/]+\.[^\s]{2,}$/.test(text)
    ? undefined
    : "网址格式不正确，应如 https://www.example.com";
};

/** Every telephone number has five to fifteen digits; which of them are real the server knows. */
export const checkPhone: Check = (value) => {
  const digits = asText(value).replace(/[^\d*]/g, "").length;
  return digits >= 5 && digits <= 20 ? undefined : "电话号码格式不正确";
};

export const checkLimits: Check = (value, { min, max }) => {
  const number = Number(asText(value));
  if (Number.isNaN(number)) return "应为数字";
  const [least, most] = [limit(min), limit(max)];
  const under = least !== undefined && number < least;
  const over = most !== undefined && number > most;
  if (!under && !over) return undefined;
  if (most === undefined) return `不能小于 ${least}`;
  if (least === undefined) return `不能大于 ${most}`;
  return `应在 ${least} 与 ${most} 之间`;
};

const limit = (value: string | number | null | undefined) =>
  value === null || value === undefined || value === "" ? undefined : Number(value);
