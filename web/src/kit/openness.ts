/** 公开范围: to whom a view, a report or a dashboard is open besides its owner; the server checks it (org/openness.py). */
export const OPENNESS = [
  { value: "private", label: "仅自己" },
  { value: "department", label: "本部门及下级" },
  { value: "role", label: "同角色的人" },
  { value: "everyone", label: "所有人" },
];
