import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { calendarFeed } from "../../client/live";
import { nearText } from "../../kinds/dates";
import { Dialog } from "../../kit/Dialog";
import { copy } from "../../kit/copy";
import { toast } from "../../kit/toast";

/** One's own work in the calendar of the phone: a secret address, given once, changed or taken back at will. */
export default function Subscribe({ onClose }: { onClose: () => void }) {
  const feed = useQuery({ queryKey: ["calendar-feed"], queryFn: calendarFeed.get, staleTime: 0 });
  const [address, setAddress] = useState("");
  const since = feed.data?.since;
  const give = async () => {
    await calendarFeed
      .give()
      .then((given) => setAddress(given.address))
      .catch(toast.error);
    await feed.refetch();
  };
  const takeBack = async () => {
    await calendarFeed
      .takeBack()
      .then(() => toast.ok("已停用日历地址"))
      .catch(toast.error);
    setAddress("");
    await feed.refetch();
  };
  return (
    <Dialog title="在自己的日历中查看" width={520} onCancel={onClose} footer={<Button onClick={onClose}>关闭</Button>}>
      <p>把地址添加到手机或电脑的日历（“订阅日历”），您负责的、还没完成的任务、销售机会、合同等会出现在那里，并自动更新。</p>
      <p className="muted">地址相当于密码：知道它的人可以看到您的日程。不要转发；怀疑泄露时换一个，旧地址立即失效。</p>
      {address && (
        <div className="pair cal-address">
          <Input readOnly value={address} aria-label="日历地址" onFocus={(event) => event.target.select()} />
          <Button onClick={() => void copy(address, "已复制日历地址")}>复制</Button>
        </div>
      )}
      {address && <p className="muted">请现在就复制，关闭后不再显示。</p>}
      {since && !address && <p>{`现有地址生成于 ${nearText(since)}。`}</p>}
      <div className="notice-actions">
        <Button type={since ? "default" : "primary"} onClick={() => void give()}>
          {since ? "换一个新地址" : "生成地址"}
        </Button>
        {since && (
          <Button danger onClick={() => void takeBack()}>
            停用
          </Button>
        )}
      </div>
    </Dialog>
  );
}
