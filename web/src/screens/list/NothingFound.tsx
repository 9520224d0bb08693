import { Button } from "antd";
import { useNavigate } from "react-router";
import { may } from "../../app/meta";
import type { Description } from "../../client/types";
import { Empty } from "../../kit/Empty";
import { useFormHost } from "../form/host";
import type { ListState } from "./state";
import { PlusIcon, UploadIcon } from "../../kit/icons";

/** An empty list says whether to look elsewhere or to begin. */
export function NothingFound({ object, state, clear }: { object: Description; state: ListState; clear: () => void }) {
  const { open } = useFormHost();
  const navigate = useNavigate();
  if (state.filter !== null || state.q !== "") {
    return (
      <Empty title={`没有符合条件的${object.label}`} hint="换个词，或去掉一些条件再看。">
        <Button onClick={clear}>清除全部条件</Button>
      </Empty>
    );
  }
  return (
    <Empty
      title={`还没有${object.label}`}
      hint={may(object, "import") ? "新建第一条，或从表格导入已有的数据。" : "这里会显示您能看到的记录。"}
    >
      {may(object, "add") && (
        <Button type="primary" icon={<PlusIcon />} onClick={() => open({ collection: object.collection })}>
          新建{object.label}
        </Button>
      )}
      {may(object, "import") && (
        <Button icon={<UploadIcon />} onClick={() => void navigate(`/imports/new?collection=${object.collection}`)}>
          从表格导入
        </Button>
      )}
    </Empty>
  );
}
